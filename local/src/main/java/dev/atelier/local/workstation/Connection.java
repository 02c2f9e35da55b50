package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * How to reach the API of an active run.
 *
 * @param url on the loopback interface
 * @param token of the bearer
 * @param certificateAuthority base64 of the PEM
 */
public record Connection(String url, String token, String certificateAuthority) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of the run that is active in a state directory, or empty if none is. */
  public static Optional<Connection> active(StateDirectory state) {
    var file = state.connectionFile();
    if (!Files.exists(file) || !StateLock.isHeld(state)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), Connection.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Leaves it for other commands; only the owner of the file can read the token. */
  public void write(StateDirectory state) {
    try {
      OwnerOnly.write(state.create().connectionFile(), JSON.writeValueAsString(this));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + state.connectionFile(), e);
    }
  }

  /** Takes it away when the run ends. */
  public static void remove(StateDirectory state) {
    try {
      Files.deleteIfExists(state.connectionFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + state.connectionFile(), e);
    }
  }

  /** For a client of the API. */
  public Config config() {
    var builder =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url)
            .withNamespace("default")
            .withOauthToken(token)
            .withHttp2Disable(true)
            .withRequestRetryBackoffLimit(0);
    // A certificate made for this one run: the token in the owner's file is what proves identity.
    return (certificateAuthority.isEmpty()
            ? builder.withTrustCerts(true).withDisableHostnameVerification(true)
            : builder.withCaCertData(certificateAuthority))
        .build();
  }
}
