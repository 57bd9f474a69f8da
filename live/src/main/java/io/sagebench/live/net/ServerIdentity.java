package io.sagebench.live.net;

import io.netty.channel.ChannelHandler;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/// The certificate by which a server proves who it is, and its key. Safe for use by any thread; [#toString] shows neither.
public final class ServerIdentity {
    private final SslContext context;

    private ServerIdentity(SslContext context) {
        this.context = context;
    }

    /// Reads both from PEM files, as `certbot` and `openssl` write them.
    ///
    /// @param certificates the certificate, followed by those that signed it
    /// @param key          its private key in PKCS#8 (`BEGIN PRIVATE KEY`), without a password
    /// @throws IOException when a file cannot be read or does not hold what it should; the message names it
    public static ServerIdentity read(Path certificates, Path key) throws IOException {
        mustBeReadable(certificates, "certificate");
        mustBeReadable(key, "private key");
        try {
            SslContext context = SslContextBuilder.forServer(certificates.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .build();
            KeyPairCheck.mustBelongTogether(certificates, key);
            return new ServerIdentity(context);
        } catch (IllegalArgumentException | SSLException | GeneralSecurityException wrong) {
            Throwable cause = wrong.getCause() == null ? wrong : wrong.getCause();
            throw new IOException(
                    "no TLS identity can be made of the certificate in " + certificates + " and the key in " + key + " (" + cause.getMessage()
                            + "): both must be PEM files that belong together, the key in PKCS#8 without a password"
                            + " ('openssl pkcs8 -topk8 -nocrypt' converts others)",
                    wrong);
        }
    }

    /// Speaks TLS on one connection.
    public ChannelHandler newHandler(ByteBufAllocator allocator) {
        return context.newHandler(allocator);
    }

    private static void mustBeReadable(Path file, String what) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("the " + what + " file " + file + " cannot be read: name a PEM file that this user may read");
        }
    }
}
