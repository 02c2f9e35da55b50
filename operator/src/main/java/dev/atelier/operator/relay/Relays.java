package dev.atelier.operator.relay;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;

/** The kinds that more than one controller looks at, and of which there may be thousands. */
public record Relays(
    Relay<HeadshotModel> headshots, Relay<VideoGenerator> videos, Relay<GenerationJob> jobs) {

  /** Relays of one operator. */
  public static Relays create() {
    return new Relays(
        new Relay<>(HeadshotModel.class),
        new Relay<>(VideoGenerator.class),
        new Relay<>(GenerationJob.class));
  }
}
