package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipScan;
import dev.atelier.runtime.clip.ClipSet;
import dev.atelier.runtime.clip.ClipSettings;
import dev.atelier.runtime.clip.MediaFile;
import dev.atelier.runtime.clip.MediaSet;
import dev.atelier.runtime.clip.StandardClip;
import dev.atelier.runtime.perception.NudityScore;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Prepares this pod's share of the videos: looks at every file, then makes clips of the accepted
 * parts, with captions, as latents or as files. Whoever publishes last puts all shares together.
 */
public final class PrepareVideoStage implements StageWork {

  private final StageContext context;
  private final PrepareVideoInput input;
  private final VideoEncoders encoders;
  private final ClipInputs inputs;
  private final int shard;

  PrepareVideoStage(StageContext context, PrepareVideoInput input, VideoEncoders encoders) {
    this.context = context;
    this.input = input;
    this.encoders = encoders;
    this.inputs = new ClipInputs(context, input);
    this.shard = context.settings().completionIndex().orElse(0);
  }

  @Override
  public TerminationMessage run() throws IOException {
    var settings = inputs.settings();
    if (input.latents().isEmpty()) {
      return run(settings, new LosslessOutput(context.scratch(), settings.framesPerSecond()));
    }
    var base = BaseModel.open(input.model(), context.stores());
    try (var torch = Compute.of(context.file().device()).start();
        var opened = encoders.open(base, torch, input.latents())) {
      checkShapes(settings, opened.latents().multiple());
      return run(settings, new LatentOutput(torch, opened, input.latents(), context.scratch()));
    }
  }

  @Override
  public TerminationMessage conclude(TerminationMessage published) throws IOException {
    return new PreparedSet(context, input).together().orElse(published);
  }

  private TerminationMessage run(ClipSettings settings, ClipOutput output) throws IOException {
    var scanned = scanned(settings);
    var own =
        ClipSet.of(
            scanned.stream().flatMap(file -> file.clips().stream()).toList(),
            settings.dropDuplicates());
    var captions = inputs.captions();
    var parts =
        new ClipParts(
                context,
                new StandardClip(settings),
                new CaptionCheck(captions),
                output,
                "%s; %s; %s".formatted(settings, captions.protocol(), output.protocol()))
            .make(sources(own, scanned));
    var facts = new TreeMap<>(output.facts());
    facts.put("captions", captions.protocol());
    return publish(own, scanned, parts, facts);
  }

  private List<ClipScans.Scanned> scanned(ClipSettings settings) throws IOException {
    var files = MediaSet.shard(inputs.files(), shard, input.shards());
    if (!settings.safety()) {
      return scanned(settings, Optional.empty(), files);
    }
    try (var nudity = new PerceptionModels(context.stores()).openNudity(input.perception())) {
      return scanned(settings, Optional.of(nudity), files);
    }
  }

  private List<ClipScans.Scanned> scanned(
      ClipSettings settings, Optional<NudityScore> nudity, List<MediaFile> files)
      throws IOException {
    var protocol =
        "%s; %s; %s"
            .formatted(
                settings,
                input.captions().from(),
                nudity.map(NudityScore::protocol).orElse("no safety model"));
    return new ClipScans(
            context,
            new ClipScan(settings, nudity),
            inputs.written().map(CaptionCheck::new),
            protocol)
        .of(files);
  }

  private static List<ClipParts.Source> sources(ClipSet own, List<ClipScans.Scanned> scanned) {
    var files = new HashMap<String, ClipScans.Scanned>();
    scanned.forEach(one -> files.put(one.file().name(), one));
    var sources = new ArrayList<ClipParts.Source>();
    for (var clip : own.accepted()) {
      var found = files.get(clip.source());
      if (found != null) {
        sources.add(new ClipParts.Source(clip, found.file(), found.sha256()));
      }
    }
    return sources;
  }

  private TerminationMessage publish(
      ClipSet own,
      List<ClipScans.Scanned> scanned,
      List<WorkLedger.Note> parts,
      Map<String, String> facts) {
    var made = new HashMap<String, ClipRecord>();
    var contents = new ArrayList<PreparedClips.Contents>();
    for (var part : parts) {
      part.clips().forEach(clip -> made.put(clip.id(), clip));
      part.files().forEach(context.folder()::adopt);
      part.files().stream()
          .map(Manifest.StoredFile::name)
          .filter(name -> name.startsWith(PreparedClips.PARTS))
          .forEach(name -> contents.add(new PreparedClips.Contents(name, ids(part))));
    }
    scanned.forEach(file -> file.posters().forEach(context.folder()::adopt));
    var clips = own.clips().stream().map(clip -> made.getOrDefault(clip.id(), clip)).toList();
    put(PreparedClips.CLIPS, clips);
    put(PreparedClips.CONTENTS, contents);
    var set = new ClipSet(clips);
    var words =
        new LastWords(
                TerminationMessage.Result.Succeeded,
                "ClipsAccepted",
                "%d of %d clips usable in share %d of %d"
                    .formatted(set.accepted().size(), clips.size(), shard + 1, input.shards()))
            .dataset(PreparedClips.dataset(set))
            .say();
    var provenance = Provenance.of(context);
    facts.forEach(provenance::with);
    return context.folder().publish(provenance.entries(), words);
  }

  private static List<String> ids(WorkLedger.Note part) {
    return part.clips().stream().filter(ClipRecord::accepted).map(ClipRecord::id).toList();
  }

  private void put(String name, Object content) {
    context.folder().put(name, StageJson.pretty(content), "application/json");
  }

  private void checkShapes(ClipSettings settings, int multiple) {
    for (var shape : input.latents()) {
      if (shape.frames() % 4 != 1 || shape.frames() > settings.frames()) {
        throw new StageFailure.BadInput(
            "spec.training.stages '%s' wants %d frames; clips have %d, and a stage 4k + 1 of them at most"
                .formatted(shape.name(), shape.frames(), settings.frames()));
      }
      if (shape.width() % multiple != 0 || shape.height() % multiple != 0) {
        throw new StageFailure.BadInput(
            "spec.training.stages '%s' wants %dx%d; the model's autoencoder and patches need multiples of %d, such as %dx%d"
                .formatted(
                    shape.name(),
                    shape.width(),
                    shape.height(),
                    multiple,
                    Math.max(1, shape.width() / multiple) * multiple,
                    Math.max(1, shape.height() / multiple) * multiple));
      }
    }
  }
}
