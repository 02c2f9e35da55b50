package dev.atelier.local.workstation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two runs from sharing a state directory. The operating system drops the lock when its
 * process ends, however it ends, so a lock file left behind by a crash holds nobody up.
 */
public final class StateLock implements AutoCloseable {

  private final FileChannel channel;
  private final boolean leftBehind;

  private StateLock(FileChannel channel, boolean leftBehind) {
    this.channel = channel;
    this.leftBehind = leftBehind;
  }

  /**
   * Takes the lock.
   *
   * @throws UserError if another process holds it
   */
  public static StateLock acquire(StateDirectory state) {
    state.create();
    try {
      var channel =
          FileChannel.open(
              state.lockFile(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      var holder = holder(channel);
      if (tryLock(channel) == null) {
        channel.close();
        throw new UserError(
            "another run%s uses the state directory %s"
                .formatted(holder.isEmpty() ? "" : " (process " + holder + ")", state.root()),
            "Wait for it, stop it with Ctrl-C, or give this one its own with --state DIR.");
      }
      channel.truncate(0);
      var own = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(own.getBytes(StandardCharsets.UTF_8)), 0);
      return new StateLock(channel, !holder.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + state.lockFile(), e);
    }
  }

  /** Whether somebody holds the lock of a directory right now. */
  public static boolean isHeld(StateDirectory state) {
    if (!state.lockFile().toFile().exists()) {
      return false;
    }
    try (var channel = FileChannel.open(state.lockFile(), StandardOpenOption.WRITE)) {
      return tryLock(channel) == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the run before this one ended without letting go (it crashed or was killed). */
  public boolean wasLeftBehind() {
    return leftBehind;
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the lock of the state directory", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }
}
