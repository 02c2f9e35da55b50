package dev.atelier.operator;

import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Asks the API server for ChaCha20-Poly1305 before AES-GCM. Only C2 makes use of the processor's
 * instructions for AES; compiled by C1, as {@code operator.jvmOptions} has it and as every JVM is
 * in its first seconds, AES-GCM took a third of the operator's processor time. Go's servers take
 * the cipher that the client names first; one that has no ChaCha20 (FIPS) takes the next.
 */
final class ChaChaFirst extends JdkHttpClientFactory {

  private static final String CHACHA = "CHACHA20";

  private final TlsVersion[] versions;

  ChaChaFirst(TlsVersion[] versions) {
    this.versions = versions.clone();
  }

  @Override
  protected void additionalConfig(HttpClient.Builder builder) {
    builder.sslParameters(new SSLParameters(ciphers(), protocols()));
  }

  private String[] protocols() {
    return Arrays.stream(versions).map(TlsVersion::javaName).toArray(String[]::new);
  }

  /** All that this JVM offers, in its own order but for the one. */
  private static String[] ciphers() {
    try {
      var usual = SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites();
      Arrays.sort(usual, Comparator.comparing(cipher -> !cipher.contains(CHACHA)));
      return usual;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }
}
