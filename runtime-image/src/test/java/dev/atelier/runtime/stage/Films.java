package dev.atelier.runtime.stage;

import dev.atelier.runtime.video.ClipPainter;
import dev.atelier.runtime.video.ClipPainter.Packing;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A folder of films as people collect them, and what is asked of the preparation. */
final class Films {

  static final StoreLocation VIDEOS = StoreLocation.directory("/videos");

  private static final ModelInput MODEL =
      new ModelInput("Wan", StoreLocation.directory("/models/wan"), null, "Apache-2.0", "wan");

  private Films() {}

  /** Five good clips in four files, a copy, a still one and a broken one; two pictures. */
  static void paint(Path root) throws IOException {
    var videos = Files.createDirectories(root.resolve("videos"));
    film(videos, "ball_on_a_wall.mp4", new ClipPainter(128, 72).ball(25, 1), Packing.H264_MP4);
    film(videos, "two_balls_roll.webm", new ClipPainter(128, 72).ball(60, 2), Packing.VP9_WEBM);
    film(videos, "long_way_round.mov", new ClipPainter(128, 72).ball(25, 3), Packing.H264_MOV);
    film(videos, "an_upright_ball.mkv", new ClipPainter(72, 128).ball(25, 4), Packing.MPEG4_MKV);
    film(
        videos,
        "same_ball_again.mp4",
        new ClipPainter(128, 72).ball(25, 1).resized(112, 64),
        Packing.VP9_WEBM);
    film(videos, "nothing_moves_here.mp4", new ClipPainter(128, 72).still(25, 5), Packing.H264_MP4);
    Files.writeString(videos.resolve("broken_film_file.mp4"), "no film");
    var images = Files.createDirectories(root.resolve("images"));
    for (int i = 0; i < 2; i++) {
      var wall = new ClipPainter(256, 144).still(1, 20 + i).frame(0);
      ImageIO.write(
          wall, "png", images.resolve("a_wall_%s.png".formatted("ab".charAt(i))).toFile());
    }
    Files.createDirectories(root.resolve("models/wan"));
    Files.writeString(root.resolve("models/wan/model_index.json"), "{}");
  }

  static PrepareVideoInput files(int shards) {
    return input(shards, List.of(), new PrepareVideoInput.Captions("FileName", null));
  }

  static PrepareVideoInput latents(int shards) {
    return input(
        shards,
        List.of(new LatentShape("low", 64, 32, 9), new LatentShape("high", 128, 64, 25)),
        new PrepareVideoInput.Captions("FileName", null));
  }

  static PrepareVideoInput captioned(String url) {
    return input(
        1,
        List.of(),
        new PrepareVideoInput.Captions(
            "Endpoint", new PrepareVideoInput.Endpoint(url, "looker", null)));
  }

  static PrepareVideoInput input(
      int shards, List<LatentShape> shapes, PrepareVideoInput.Captions captions) {
    return new PrepareVideoInput(
        MODEL,
        VIDEOS,
        StoreLocation.directory("/images"),
        new PrepareVideoInput.Clip(25, 24, 128, 64),
        new PrepareVideoInput.Filter(20, 0.2, true, true, false),
        captions,
        shapes,
        shards,
        Bench.DRAWINGS);
  }

  private static void film(Path folder, String name, ClipPainter painter, Packing packing) {
    painter.write(folder.resolve(name), packing);
  }
}
