package dev.atelier.runtime.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atelier.runtime.StageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {

  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path root;

  @Test
  void aFileReplacesTheOneBeforeAndLeavesNothingUnfinished() {
    var store = new FileStore(root);
    store.put("run/a.txt", "one".getBytes(UTF_8));
    store.put("run/a.txt", "two".getBytes(UTF_8));

    assertThat(store.read("run/a.txt"))
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("two"));
    assertThat(store.list("run")).containsExactly(new ArtifactStore.Entry("run/a.txt", 3));
  }

  @Test
  void aStoreBehindALinkIsListedWhole() throws IOException {
    new FileStore(root.resolve("volume")).put("clips/a.mp4", new byte[1]);
    var link = Files.createSymbolicLink(root.resolve("videos"), root.resolve("volume"));

    assertThat(new FileStore(link).list(""))
        .extracting(ArtifactStore.Entry::key)
        .containsExactly("clips/a.mp4");
  }

  @Test
  void deletingAPrefixRemovesItsFoldersToo() {
    var store = new FileStore(root);
    store.put("run/deep/a.txt", new byte[1]);
    store.put("run2/b.txt", new byte[1]);
    store.delete("run");

    assertThat(root.resolve("run")).doesNotExist();
    assertThat(store.list("run")).isEmpty();
    assertThat(store.list("run2")).hasSize(1);
  }

  @Test
  void whatAnotherProcessIsStillWritingIsNoFileYetButGoesWithItsFolder() throws IOException {
    var store = new FileStore(root);
    store.put("run/a.txt", new byte[1]);
    Files.write(root.resolve("run/.unfinished-1"), new byte[1]);

    assertThat(store.list("run")).extracting(ArtifactStore.Entry::key).containsExactly("run/a.txt");
    store.delete("run");
    assertThat(root.resolve("run")).doesNotExist();
  }

  @Test
  void foldersThatComeAndGoWhileTheyAreListedHurtNobody() throws Exception {
    var store = new FileStore(root);
    store.put("run/stays.txt", new byte[1]);
    var others =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 300; i++) {
                store.put("run/%d/deep/a.txt".formatted(i % 5), new byte[1]);
                store.delete("run/" + i % 5);
              }
            });
    while (!others.isDone()) {
      assertThat(store.list("run")).extracting(ArtifactStore.Entry::key).contains("run/stays.txt");
    }
    others.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "a//b", "a/", "", "a\\b", "a/./b"})
  void aKeyThatLeavesTheStoreIsRefused(String key) {
    assertThatThrownBy(() -> new FileStore(root).put(key, new byte[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a key of the artifact store");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aFullDiskSaysSoAndKeepsWhatWasThere() {
    assumeTrue(Files.exists(FULL), "needs /dev/full");
    new FileStore(root).put("run/manifest.json", "old".getBytes(UTF_8));
    var full = new FileStore(root, file -> FileChannel.open(FULL, StandardOpenOption.WRITE));

    assertThatThrownBy(() -> full.put("run/manifest.json", "new".getBytes(UTF_8)))
        .isInstanceOf(StageFailure.StorageUnavailable.class)
        .hasMessage(
            "cannot write run/manifest.json in directory %s: No space left on device (the volume is full: free space or enlarge it)",
            root)
        .satisfies(e -> assertThat(((StageFailure) e).exitCode()).isEqualTo(1));
    assertThat(full.read("run/manifest.json"))
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("old"));
  }

  @Test
  void aReadOnlyVolumeSaysSo() {
    var readOnly =
        new FileStore(
            root,
            file -> {
              throw new FileSystemException(file.toString(), null, "Read-only file system");
            });

    assertThatThrownBy(() -> readOnly.put("run/a", new byte[1]))
        .isInstanceOf(StageFailure.StorageUnavailable.class)
        .hasMessageContaining("mounted read-only");
  }

  @Test
  void aFileWhereTheStoreShouldBeIsAStorageProblem() throws IOException {
    var file = Files.writeString(root.resolve("file"), "x");

    assertThatThrownBy(() -> new FileStore(file).put("a/b", new byte[1]))
        .isInstanceOf(StageFailure.StorageUnavailable.class)
        .hasMessageContaining(file.toString());
  }
}
