package dev.atelier.runtime.tensor;

/** A GPU was asked for, and libtorch sees none. */
public final class NoGpuException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoGpuException(String engine) {
    super(
        "%s sees no GPU: it takes a build of libtorch with CUDA and a machine with an NVIDIA driver"
            .formatted(engine));
  }
}
