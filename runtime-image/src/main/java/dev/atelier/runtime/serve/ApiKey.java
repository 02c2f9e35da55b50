package dev.atelier.runtime.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that requests have to send, where there is one.
 *
 * @param file read for each request: a mounted Secret changes
 */
record ApiKey(Optional<Path> file) {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final String BEARER = "bearer ";

  /**
   * Refuses a request without the key.
   *
   * @param authorization the header, or empty
   */
  void require(String authorization) {
    if (file.isEmpty()) {
      return;
    }
    var sent =
        authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
            ? authorization.substring(BEARER.length()).strip()
            : "";
    if (sent.isEmpty()) {
      throw RequestProblem.unauthorized(
          "a key is needed; send it as the header 'Authorization: Bearer KEY'");
    }
    // Compares in the same time wherever the first difference is.
    if (!MessageDigest.isEqual(bytes(sent), bytes(key(file.get())))) {
      throw RequestProblem.unauthorized(
          "the key is not the one of the model's apiKeySecretRef; it may have been changed");
    }
  }

  private static String key(Path file) {
    try {
      var key = Files.readString(file).strip();
      if (!key.isEmpty()) {
        return key;
      }
      LOG.error("the key in {} is empty: every request is refused", file);
    } catch (IOException e) {
      LOG.error("the key in {} cannot be read, every request is refused: {}", file, e.toString());
    }
    throw RequestProblem.unavailable(
        "no key can be right: the Secret of apiKeySecretRef has no API_KEY");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
