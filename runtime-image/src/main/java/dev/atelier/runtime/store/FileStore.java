package dev.atelier.runtime.store;

import dev.atelier.runtime.StageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A store in a directory: write beside, force to disk, rename. */
public final class FileStore implements ArtifactStore {

  private static final String UNFINISHED = ".unfinished-";

  private final Path root;
  private final Creator creator;

  /** A store below a directory, which is made when the first file is put. */
  public FileStore(Path root) {
    this(
        root,
        file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  FileStore(Path root, Creator creator) {
    this.root = root.normalize();
    this.creator = creator;
  }

  @Override
  public void put(String key, byte[] content) {
    replace(
        key,
        channel -> {
          var buffer = ByteBuffer.wrap(content);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  @Override
  public void put(String key, Path file) throws IOException {
    try (var source = FileChannel.open(file)) {
      replace(
          key,
          channel -> {
            long size = source.size();
            for (long at = 0; at < size; ) {
              at += source.transferTo(at, size - at, channel);
            }
          });
    }
  }

  @Override
  public Optional<byte[]> read(String key) {
    try {
      return Optional.of(Files.readAllBytes(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable("read " + key, e);
    }
  }

  @Override
  public Optional<Path> local(String key) {
    var path = path(key);
    return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  @Override
  public List<Entry> list(String prefix) {
    // A root that is a link is walked as well; links below it are not followed.
    var start = prefix.isEmpty() ? root.resolve(".") : path(prefix);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (var files = Files.walk(start)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> new Entry(key(file), size(file)))
          .sorted(Comparator.comparing(Entry::key))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw unavailable("list " + prefix, e);
    }
  }

  @Override
  public void delete(String prefix) {
    var start = path(prefix);
    if (!Files.exists(start)) {
      return;
    }
    try (var files = Files.walk(start)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw unavailable("delete " + prefix, e);
    }
  }

  @Override
  public String describe() {
    return "directory " + root;
  }

  private void replace(String key, Content content) {
    var target = path(key);
    var folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("not a key of the artifact store: '" + key + "'");
    }
    var unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try (var channel = creator.create(unfinished)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      try (var directory = FileChannel.open(folder)) {
        directory.force(true);
      }
    } catch (IOException e) {
      discard(unfinished);
      throw unavailable("write " + key, e);
    }
  }

  private static void discard(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      unfinished.toFile().deleteOnExit();
    }
  }

  private StageFailure.StorageUnavailable unavailable(String action, Exception cause) {
    var detail = String.valueOf(cause.getMessage());
    var advice =
        detail.contains("No space left")
            ? "the volume is full: free space or enlarge it"
            : detail.contains("Read-only")
                ? "the volume is mounted read-only"
                : "check that the volume is mounted and writable for the pod's user";
    return new StageFailure.StorageUnavailable(
        "cannot %s in %s: %s (%s)".formatted(action, describe(), detail, advice), cause);
  }

  private Path path(String key) {
    return root.resolve(ArtifactStore.checked(key));
  }

  private String key(Path file) {
    return root.relativize(file.normalize()).toString().replace('\\', '/');
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a new file; tests make one on a full disk. */
  interface Creator {
    FileChannel create(Path file) throws IOException;
  }

  private interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }
}
