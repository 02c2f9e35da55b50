package dev.atelier.runtime.stage;

import static java.util.Objects.requireNonNullElse;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.Stores;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SamplerInput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a model is asked for pictures, whatever they show.
 *
 * @param beginning what they begin with instead of noise
 * @param enlargement how much larger than the sampler's size they are delivered
 */
record PictureRequest(
    SamplerInput sampler, Optional<Beginning> beginning, Enlargement enlargement) {

  /**
   * Pictures to begin with (SDEdit, Meng et al. 2022).
   *
   * @param strength share of the steps that are run
   */
  record Beginning(GivenPictures pictures, double strength) {}

  /** Pictures from noise alone, as they are drawn. */
  static PictureRequest of(SamplerInput sampler) {
    return new PictureRequest(sampler, Optional.empty(), Enlargement.NONE);
  }

  /**
   * What a stage was told, with its folders at hand.
   *
   * @param sampler with what a prompt pack says
   */
  static PictureRequest of(SampleInput input, SamplerInput sampler, Stores stores) {
    var given = Optional.ofNullable(input.imageToImage());
    given.ifPresent(asked -> requireStep(sampler, asked.strength()));
    return new PictureRequest(
        sampler,
        given.map(
            asked ->
                new Beginning(
                    GivenPictures.of("imageToImage", stores.local(asked.pictures())),
                    asked.strength())),
        Enlargement.of(requireNonNullElse(input.enlargement(), 1), input.upscaler(), stores));
  }

  /** What decides how pictures come out. */
  List<Object> facts() {
    return List.of(
        sampler.scheduler(),
        sampler.steps(),
        sampler.guidance(),
        sampler.width(),
        sampler.height(),
        beginning
            .<Object>map(given -> given.pictures().sha256() + " x " + given.strength())
            .orElse("from noise"),
        enlargement.factor(),
        enlargement.sha256());
  }

  /** Share of the steps that are run, where pictures are given to begin with. */
  OptionalDouble strength() {
    return beginning.stream().mapToDouble(Beginning::strength).findFirst();
  }

  /** What the sampler does not say, for people; empty where it says all. */
  Optional<String> described() {
    var began =
        beginning.map(
            given ->
                "image to image (%s), strength %s"
                    .formatted(given.pictures().sha256().substring(0, 12), given.strength()));
    var enlarged =
        enlargement
            .network()
            .map(
                network ->
                    "enlarged x%d by a network (%s)"
                        .formatted(enlargement.factor(), network.sha256().substring(0, 12)));
    return began.isPresent() && enlarged.isPresent()
        ? Optional.of(began.get() + "; " + enlarged.get())
        : began.or(() -> enlarged);
  }

  private static void requireStep(SamplerInput sampler, double strength) {
    if ((int) (sampler.steps() * strength) < 1) {
      throw new StageFailure.BadInput(
          "imageToImage.strength %s of sampler.steps %d is less than a step; raise one of them"
              .formatted(strength, sampler.steps()));
    }
  }
}
