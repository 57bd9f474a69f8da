package io.sagebench.live.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whom to believe that they are the server at an https URL.
public sealed interface UpstreamTrust {
    /// Those whom this machine's Java trusts.
    record ThisMachine() implements UpstreamTrust {}

    /// Those whose certificates, or whose issuers', are in a PEM file, and nobody else.
    record Authorities(Path pemFile) implements UpstreamTrust {}

    /// Anybody. Only for a trial in a network of one's own: the traffic can be read and changed by who stands between.
    record Anybody() implements UpstreamTrust {}

    /// Makes the TLS context.
    ///
    /// @throws IOException when the file cannot be used; the message says why
    default SSLContext context() throws IOException {
        try {
            return switch (this) {
                case ThisMachine _ -> SSLContext.getDefault();
                case Authorities(Path pemFile) -> trusting(authorities(pemFile));
                case Anybody _ -> trusting(new TrustManager[] {new NoQuestions()});
            };
        } catch (GeneralSecurityException broken) {
            throw new IOException("this Java cannot do TLS: " + broken.getMessage(), broken);
        }
    }

    private static SSLContext trusting(TrustManager[] trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        return context;
    }

    private static TrustManager[] authorities(Path pemFile) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates;
        try (InputStream pem = Files.newInputStream(pemFile)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + pemFile, missing);
        } catch (CertificateException malformed) {
            throw new IOException(pemFile + " has no certificates in PEM form: " + malformed.getMessage(), malformed);
        }
        if (certificates.isEmpty()) {
            throw new IOException(pemFile + " has no certificates");
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + ++number, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// Asks nobody for anything, not even whether the certificate is the host's.
    final class NoQuestions extends X509ExtendedTrustManager {
        private NoQuestions() {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
