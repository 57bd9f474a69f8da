package io.sagebench.live.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds a private key that is not that of the certificate. TLS itself would find it at the first client, and tell only that client.
final class KeyPairCheck {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] ANYTHING = "signed by the one, verified by the other".getBytes(US_ASCII);

    private KeyPairCheck() {}

    /// Signs with the one and verifies with the other, where the kind of key is RSA, EC or EdDSA.
    ///
    /// @throws GeneralSecurityException when they do not fit; the message says so
    static void mustBelongTogether(Path certificates, Path key) throws IOException, GeneralSecurityException {
        PublicKey known;
        try (InputStream in = Files.newInputStream(certificates)) {
            known = CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey();
        }
        String signing =
                switch (known.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA" -> "EdDSA";
                    default -> "";
                };
        Matcher pem = PKCS8.matcher(Files.readString(key));
        if (!signing.isEmpty() && pem.find() && !fit(known, Base64.getMimeDecoder().decode(pem.group(1)), signing)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }

    private static boolean fit(PublicKey known, byte[] encoded, String signing) throws GeneralSecurityException {
        PrivateKey own;
        try {
            own = KeyFactory.getInstance(known.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException _) {
            return false; // a key of another kind
        }
        Signature signer = Signature.getInstance(signing);
        signer.initSign(own);
        signer.update(ANYTHING);
        Signature verifier = Signature.getInstance(signing);
        verifier.initVerify(known);
        verifier.update(ANYTHING);
        return verifier.verify(signer.sign());
    }
}
