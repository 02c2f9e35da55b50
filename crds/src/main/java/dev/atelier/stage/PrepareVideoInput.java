package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judge videos and pictures, cut them to clips of one length and pace, caption them, and compute
 * once what training reads: latents and caption embeddings.
 *
 * @param model whose autoencoder and text encoder compute them
 * @param videos where the videos lie
 * @param images where pictures for joint training lie, or absent
 * @param latents one entry for each size and length that training asks for; without any the clips
 *     themselves are stored
 * @param shards how many pods share the work; pod i (its JOB_COMPLETION_INDEX) takes every file
 *     whose number modulo shards is i, and the last one to publish puts all together
 */
public record PrepareVideoInput(
    ModelInput model,
    StoreLocation videos,
    @Nullable StoreLocation images,
    Clip clip,
    Filter filter,
    Captions captions,
    List<LatentShape> latents,
    int shards,
    PerceptionInput perception)
    implements StageInput {

  public PrepareVideoInput {
    latents = List.copyOf(latents);
  }

  /**
   * What clips are cut to.
   *
   * @param frames 4k + 1
   */
  public record Clip(int frames, int framesPerSecond, int width, int height) {}

  /**
   * What a usable clip has.
   *
   * @param minSharpness least mean variance of the Laplacian at 320 pixels
   * @param minMotion least mean motion in pixels of the file per frame
   * @param safety whether the nudity model of the perception refuses clips
   */
  public record Filter(
      double minSharpness,
      double minMotion,
      boolean dropDuplicates,
      boolean dropText,
      boolean safety) {}

  /**
   * Where captions come from.
   *
   * @param from {@code Sidecar}, {@code FileName} or {@code Endpoint}
   * @param endpoint present exactly with {@code Endpoint}
   */
  public record Captions(String from, @Nullable Endpoint endpoint) {}

  /**
   * A vision model behind the protocol of OpenAI's chat completions.
   *
   * @param url such as {@code http://captioner:8000/v1}
   * @param credentials directory in the container with the key {@code API_KEY}, or absent
   */
  public record Endpoint(String url, String model, @Nullable String credentials) {}

  /**
   * A size and length that training reads.
   *
   * @param name of the training stage
   * @param frames 4k + 1, at most the clip's; the middle of the clip is taken
   */
  public record LatentShape(String name, int width, int height, int frames) {}

  @Override
  public Stage stage() {
    return Stage.PREPARE_VIDEO;
  }
}
