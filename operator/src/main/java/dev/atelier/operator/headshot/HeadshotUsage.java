package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotStatus;
import org.jspecify.annotations.Nullable;

/** What the status says was used. */
final class HeadshotUsage {

  private HeadshotUsage() {}

  static long gpuSeconds(@Nullable HeadshotStatus status) {
    return status == null || status.usage() == null ? 0 : status.usage().gpuSeconds();
  }
}
