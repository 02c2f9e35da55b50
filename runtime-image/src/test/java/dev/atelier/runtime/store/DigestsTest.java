package dev.atelier.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {

  @TempDir private Path root;

  @Test
  void aFolderIsWhatSha256sumPrintsOfItsFiles() throws IOException {
    var folder = model();

    var lines = "%s  a.txt\n%s  unet/b.txt\n".formatted(digest("one"), digest("two"));
    assertThat(Digests.ofFolder(folder)).isEqualTo(digest(lines));
  }

  @Test
  void aLinkedFolderOrFileCountsAsWhatItPointsTo() throws IOException {
    var folder = model();
    var link = Files.createSymbolicLink(root.resolve("link"), folder);
    var blobs = Files.createDirectories(root.resolve("snapshot"));
    Files.createSymbolicLink(blobs.resolve("a.txt"), folder.resolve("a.txt"));
    Files.createSymbolicLink(blobs.resolve("unet"), folder.resolve("unet"));

    assertThat(Digests.ofFolder(link)).isEqualTo(Digests.ofFolder(folder));
    assertThat(Digests.ofFolder(blobs)).isEqualTo(Digests.ofFolder(folder));
  }

  private Path model() throws IOException {
    var folder = root.resolve("model");
    Files.createDirectories(folder.resolve("unet"));
    Files.writeString(folder.resolve("a.txt"), "one");
    Files.writeString(folder.resolve("unet/b.txt"), "two");
    Files.writeString(folder.resolve(".hidden"), "three");
    return folder;
  }

  private static String digest(String text) {
    return Digests.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
