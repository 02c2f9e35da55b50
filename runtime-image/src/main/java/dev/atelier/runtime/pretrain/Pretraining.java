package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.gallery.SheetPainter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.tensor.ComputeDevice;
import dev.atelier.runtime.tensor.Torch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run from nothing to a base model in the layout of diffusers. */
public final class Pretraining {

  /** Words that prompts use and captions do not, and the token that tuning gives to a person. */
  private static final String MORE_WORDS =
      "professional headshot portrait photo picture of man woman child people smiling serious"
          + " looking young old and or not no sks";

  private Pretraining() {}

  /**
   * Where a run is made and how.
   *
   * @param folder gets {@code model}, {@code clip}, previews, loss curves and checkpoints
   * @param device that computes
   * @param out gets a line now and then
   */
  public record Run(
      Path folder, ComputeDevice device, StopRequest stop, PrintStream out, Clock clock) {}

  /**
   * Trains the base model until the recipe is done; a run that is in the folder already goes on.
   *
   * @throws StageFailure.Checkpointed when asked to stop; everything done is kept
   * @throws StageFailure.BadInput if the folder belongs to another recipe
   */
  public static void model(Run run, Recipe recipe) throws IOException {
    run(
        run,
        recipe,
        Recipe.class,
        context -> {
          var pictures = portraits(context);
          var phases = new ArrayList<Phase>();
          phases.add(new ClipPhase(context, pictures));
          phases.add(new AutoencoderPhase(context, pictures));
          phases.add(new LatentsPhase(context, pictures));
          DenoiserStage.of(context.recipe().denoiser())
              .forEach(stage -> phases.add(new DenoiserPhase(context, stage)));
          phases.add(new DecoderPhase(context, pictures));
          return phases;
        });
  }

  /**
   * Trains a video model until the recipe is done; a run that is in the folder already goes on.
   *
   * @throws StageFailure.Checkpointed when asked to stop; everything done is kept
   * @throws StageFailure.BadInput if the folder belongs to another recipe
   */
  public static void video(Run run, VideoRecipe recipe) throws IOException {
    run(
        run,
        recipe,
        VideoRecipe.class,
        context -> {
          new VideoLayout(recipe, context.folder().model()).write();
          return List.of(
              new VideoEncoderPhase(context),
              new VideoLatentsPhase(context),
              new VideoDenoiserPhase(context),
              new VideoDecoderPhase(context));
        });
  }

  /**
   * Trains a network that makes pictures four times larger; a run that is in the folder already
   * goes on.
   *
   * @throws StageFailure.Checkpointed when asked to stop; everything done is kept
   * @throws StageFailure.BadInput if the folder belongs to another recipe
   */
  public static void upscaler(Run run, UpscalerRecipe recipe) throws IOException {
    run(run, recipe, UpscalerRecipe.class, context -> List.of(new UpscalerPhase(context)));
  }

  /**
   * Trains the reader that judges base models and what is tuned from them, on the pictures of the
   * run in the folder, or of the standard recipe where there is none.
   *
   * @throws StageFailure.BadInput if the folder has a run of another kind of model
   */
  public static void reader(Run run) throws IOException {
    run(
        run,
        RunFolder.isRun(run.folder())
            ? RunFolder.recipe(run.folder(), Recipe.class)
            : Recipe.standard(),
        Recipe.class,
        context -> List.of(new ReaderPhase(context, portraits(context), ReaderPhase.STEPS)));
  }

  /**
   * Says how often films of moving shapes show what was asked for, by measuring their frames.
   *
   * @param subject a diffusers folder of a video model, or one of clips that carry their prompts,
   *     as stages write them
   * @param films how many a model draws
   * @throws StageFailure.BadInput if there is neither
   */
  public static void watch(Run run, Path subject, int films) throws IOException {
    run.out().println(films(run, subject, films).counts());
    run.out().flush();
  }

  /**
   * As above, and says how far the films are from drawn ones of the same prompts.
   *
   * @param run whose folder has, or gets, the reader of films
   * @throws StageFailure.BadInput if there is neither model nor clips, or they have another size
   */
  public static void distance(Run run, Path subject, int films) throws IOException {
    var asked = films(run, subject, films);
    var recipe = VideoRecipe.standard();
    run(
        run,
        recipe,
        VideoRecipe.class,
        context -> List.of(new FilmReaderPhase(context, FilmReaderPhase.STEPS)));
    try (Torch torch = run.device().start();
        var reader = FilmReaderPhase.load(torch, run.folder(), recipe.world())) {
      run.out().println(asked.counts());
      run.out().println(new FilmDistance(torch, reader, recipe.world()).of(asked));
      run.out().flush();
    }
  }

  private static AskedFilms films(Run run, Path subject, int films) throws IOException {
    if (!WanFiles.isModel(subject)) {
      return AskedFilms.read(subject);
    }
    try (Torch torch = run.device().start()) {
      return new VideoJudge(torch, VideoRecipe.standard().world()).show(subject, films);
    }
  }

  /**
   * Says how often a model draws the portraits that it is asked for, by the reader of a run, or one
   * that lies in the folder by itself.
   *
   * @param subject a diffusers folder, or one of pictures with their prompts, as stages write them
   * @param pictures how many a model draws
   * @throws StageFailure.BadInput if there is no reader, or neither model nor pictures
   */
  public static void judge(Run run, Path subject, int pictures) throws IOException {
    var readers = ReaderFolder.in(run.folder());
    int edge = readers.edge();
    try (Torch torch = run.device().start();
        var reader = readers.load(torch)) {
      var judge = new SceneJudge(torch, reader);
      var counts =
          ModelFiles.isModel(subject)
              ? judge.judge(subject, pictures, edge)
              : judge.judge(PromptedPictures.read(subject, edge));
      run.out().println(counts);
      run.out().flush();
    }
  }

  /**
   * Says in how many pictures of a folder a person is, by the same reader.
   *
   * @param photos a folder of the person's photos, as intake crops them
   * @throws StageFailure.BadInput if there is no reader, or too few photos or pictures
   */
  public static void person(Run run, Path photos, Path pictures) throws IOException {
    var readers = ReaderFolder.in(run.folder());
    var asked = PersonPictures.read(photos, pictures, readers.edge());
    try (Torch torch = run.device().start();
        var reader = readers.load(torch)) {
      run.out().println(new PersonJudge(torch, reader, readers.edge()).judge(asked));
      run.out().flush();
    }
  }

  /**
   * Draws the clips and pictures that {@code samples/video} tunes its model on.
   *
   * @param folder gets {@code clips} and {@code images}
   */
  public static void films(Path folder) throws IOException {
    new FilmSet(folder).write();
  }

  /**
   * Draws photos of a person whom no training saw, with captions, for tuning.
   *
   * @param seed of the person
   */
  public static void photos(Path folder, long seed) throws IOException {
    new PersonPhotos(folder, seed).write();
  }

  /**
   * Draws the contact sheet of a model.
   *
   * @param model a diffusers folder
   * @param file gets a PNG picture
   */
  public static void sheet(Path model, Path file, String title, ComputeDevice device)
      throws IOException {
    try (Torch torch = device.start()) {
      var sheet =
          WanFiles.isModel(model)
              ? new VideoJudge(torch, VideoRecipe.standard().world())
                  .show(model, AskedFilms.SHOWN)
                  .sheet(title)
              : PromptSheet.of(torch, model, Recipe.standard().world().edge(), title);
      Files.write(file, PngFile.of(SheetPainter.paint(sheet)));
    }
  }

  @FunctionalInterface
  private interface Phases<R extends RunRecipe<R>> {
    List<Phase> of(PretrainContext<R> context) throws IOException;
  }

  private static <R extends RunRecipe<R>> void run(
      Run run, R recipe, Class<R> kind, Phases<R> phases) throws IOException {
    var log = new RunLog(run.out(), run.clock());
    var place = RunFolder.open(run.folder(), recipe, kind);
    try (Torch torch = run.device().start()) {
      log.say("%s, %s, into %s".formatted(Torch.version(), run.device(), run.folder()));
      var context = new PretrainContext<>(torch, recipe, place, log, run.stop());
      for (var phase : phases.of(context)) {
        phase.run();
      }
      log.say("done: " + run.folder());
    }
  }

  /** The drawn portraits of a run, whose model's configuration is written too. */
  private static PictureFile portraits(PretrainContext<Recipe> context) throws IOException {
    var world = DrawnWorld.of(context.recipe());
    new PipelineLayout(context.recipe(), context.folder().model()).write(words(world));
    return PictureFile.of(world, context.folder().pictures(), context.log(), context.stop());
  }

  static SortedMap<String, Integer> words(DrawnWorld world) {
    var counts = new TreeMap<String, Integer>();
    world
        .captions()
        .limit(5_000)
        .forEach(
            caption ->
                Arrays.stream(caption.split(" "))
                    .forEach(word -> counts.merge(word, 1, Integer::sum)));
    Arrays.stream(MORE_WORDS.split(" ")).forEach(word -> counts.merge(word, 1, Integer::sum));
    return counts;
  }
}
