package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.pipeline.wan.WanPipeline;
import dev.atelier.runtime.tensor.Torch;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Wan model, tuned or not, on an engine of its own. It draws clips of one size and length after
 * those of another; what is loaded stays for as long as the next ones work with it in the same way.
 * Clips are drawn by one thread.
 */
final class LoadedWan implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final Torch torch;
  private final Compute compute;
  private final BaseModel base;
  private final Optional<TunedFiles> tuned;
  private final Optional<RrdbNet> network;
  private final long budget;
  private Optional<Loaded> loaded = Optional.empty();

  private record Loaded(Working working, WanPipeline pipeline) {}

  /** What a pipeline was opened for; clips that differ in nothing of it share one. */
  private record Working(WanPipeline.Settings settings, String scheduler) {

    static Working of(WanClipSettings clips) {
      return new Working(clips.plan().settings(), clips.request().sampler().scheduler());
    }
  }

  private LoadedWan(
      Torch torch,
      Compute compute,
      BaseModel base,
      Optional<TunedFiles> tuned,
      Optional<RrdbNet> network) {
    this.torch = torch;
    this.compute = compute;
    this.base = base;
    this.tuned = tuned;
    this.network = network;
    // Before anything is loaded: what is loaded is part of every later plan.
    this.budget = MemoryBudget.of(torch);
  }

  /** Starts an engine; nothing but what enlarges is loaded yet. */
  static LoadedWan start(
      Compute compute, BaseModel base, Optional<TunedFiles> tuned, Enlargement enlargement) {
    var torch = compute.start();
    try {
      return new LoadedWan(torch, compute, base, tuned, enlargement.open(torch));
    } catch (RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  /**
   * How clips would be drawn. Any thread may ask.
   *
   * @throws StageFailure.BadInput if the model cannot make such clips, or not within the memory
   *     there is
   */
  WanClipSettings settings(ClipRequest request) {
    return WanClipSettings.of(
        base, tuned, request, network.map(RrdbNet::scale).orElse(1), compute.precision(), budget);
  }

  /**
   * Draws clips of one size and length.
   *
   * @param afterwards done when they are closed
   * @throws StageFailure.BadInput as {@link #settings}
   */
  WanClips clips(ClipRequest request, Runnable afterwards) {
    var settings = settings(request);
    return new WanClips(torch, settings, network, pipeline(settings), afterwards);
  }

  /** Loads what will stay loaded between clips such as these, and says how they are planned. */
  void warm(ClipRequest request) {
    pipeline(settings(request)).load();
  }

  private WanPipeline pipeline(WanClipSettings clips) {
    var working = Working.of(clips);
    if (loaded.filter(one -> one.working().equals(working)).isEmpty()) {
      unload();
      clips.plan().lines().forEach(line -> LOG.info("memory: {}", line));
      loaded = Optional.of(new Loaded(working, clips.pipeline(torch)));
    }
    return loaded.orElseThrow().pipeline();
  }

  private void unload() {
    var given = loaded;
    loaded = Optional.empty();
    given.map(Loaded::pipeline).ifPresent(WanPipeline::close);
  }

  @Override
  public void close() {
    unload();
    network.ifPresent(RrdbNet::close);
    torch.close();
  }
}
