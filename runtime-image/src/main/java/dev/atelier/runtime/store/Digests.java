package dev.atelier.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 in lower-case hexadecimal. */
public final class Digests {

  private Digests() {}

  /** Digest of bytes. */
  public static String of(byte[] content) {
    return hex(sha256().digest(content));
  }

  /** Digest of a file's content. */
  public static String of(Path file) throws IOException {
    var digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return hex(digest.digest());
  }

  /**
   * Digest of a folder: of the lines {@code sha256 two-spaces relative-path}, sorted by path, as
   * {@code sha256sum} prints them. Hidden files do not count, links do as what they point to.
   */
  public static String ofFolder(Path folder) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !folder.relativize(file).toString().startsWith("."))
              .sorted()
              .toList();
    }
    var digest = sha256();
    for (var file : files) {
      var line = of(file) + "  " + folder.relativize(file).toString().replace('\\', '/') + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return hex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
