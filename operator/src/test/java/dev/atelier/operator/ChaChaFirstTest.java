package dev.atelier.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.TlsVersion;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ChaChaFirstTest {

  @Test
  void allCiphersAreOfferedAndChaChaBeforeTheOthers() throws Exception {
    var offered = parameters(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);

    assertThat(offered.getCipherSuites()[0]).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    assertThat(offered.getCipherSuites())
        .containsExactlyInAnyOrder(
            SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
    assertThat(offered.getCipherSuites())
        .filteredOn(cipher -> !cipher.contains("CHACHA20"))
        .as("the others as they come")
        .containsSubsequence("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");
  }

  @Test
  void versionsAreThoseOfTheConfiguration() {
    assertThat(parameters(TlsVersion.TLS_1_3).getProtocols()).containsExactly("TLSv1.3");
  }

  private static SSLParameters parameters(TlsVersion... versions) {
    var builder = HttpClient.newBuilder();
    new ChaChaFirst(versions).additionalConfig(builder);
    return builder.build().sslParameters();
  }
}
