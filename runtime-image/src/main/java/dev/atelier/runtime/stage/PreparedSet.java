package dev.atelier.runtime.stage;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipSet;
import dev.atelier.runtime.gallery.ClipsPage;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.LastWords;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The whole set, once every share of it is published: duplicates across shares go, the index and
 * the report are written. The shares decide everything, so that it does not matter which pod does
 * it, or whether two do.
 */
final class PreparedSet {

  private static final String SHARES = "sharesSha256";

  private final StageContext context;
  private final PrepareVideoInput input;
  private final StageFolder folder;

  PreparedSet(StageContext context, PrepareVideoInput input) {
    this.context = context;
    this.input = input;
    this.folder =
        new StageFolder(context.store(), context.file(), input.stage().slug(), context.clock());
  }

  /** The words about the whole set; empty while a share is missing. */
  Optional<TerminationMessage> together() throws IOException {
    var shares = shares();
    if (shares.size() < input.shards()) {
      return Optional.empty();
    }
    var digest = WorkLedger.digest(shares.stream().map(StageFolder.Published::sha256).toArray());
    var known =
        folder
            .read(input.stage().slug())
            .filter(whole -> digest.equals(whole.manifest().provenance().get(SHARES)));
    if (known.isPresent()) {
      var words = known.get().manifest().words();
      return Optional.of(words.withManifest(known.get().key(), known.get().sha256()));
    }
    return Optional.of(publish(shares, digest));
  }

  private List<StageFolder.Published> shares() {
    var shares = new ArrayList<StageFolder.Published>();
    for (int i = 0; i < input.shards(); i++) {
      folder
          .read(input.stage().slug() + "/shard-" + i)
          .filter(share -> share.manifest().inputSha256().equals(folder.inputSha256()))
          .ifPresent(shares::add);
    }
    return shares;
  }

  private TerminationMessage publish(List<StageFolder.Published> shares, String digest)
      throws IOException {
    var clips =
        shares.stream()
            .flatMap(share -> PreparedClips.clips(context.store(), share).stream())
            .toList();
    var set = ClipSet.of(clips, input.filter().dropDuplicates());
    var report = report(set, shares);
    if (set.accepted().isEmpty()) {
      throw none(set, report);
    }
    var artifacts = new ArrayList<TerminationMessage.Artifact>();
    artifacts.add(Artifacts.of("report", report));
    artifacts.add(
        Artifacts.of(
            "clips",
            folder.put(PreparedClips.CLIPS, StageJson.pretty(set.clips()), "application/json")));
    var content = content(set, shares);
    content.index().ifPresent(index -> artifacts.add(Artifacts.of("latents", index)));
    var provenance =
        Provenance.of(context)
            .with(SHARES, digest)
            .with(Provenance.DATASET, Provenance.digest(content.files()))
            .withMissing(captions(shares));
    return folder.publish(provenance.entries(), words(set, artifacts));
  }

  private record Content(List<Manifest.StoredFile> files, Optional<Manifest.StoredFile> index) {}

  private Content content(ClipSet set, List<StageFolder.Published> shares) {
    Map<String, ClipRecord> accepted = new HashMap<>();
    set.accepted().forEach(clip -> accepted.put(clip.id(), clip));
    var files = new ArrayList<Manifest.StoredFile>();
    var entries = new ArrayList<LatentIndex.Entry>();
    for (var share : shares) {
      share.manifest().filesBelow(PreparedClips.FILES).stream()
          .filter(file -> accepted.containsKey(clipOf(file)))
          .forEach(files::add);
      for (var part : PreparedClips.contents(context.store(), share)) {
        files.add(share.manifest().file(part.file()).orElseThrow());
        part.clips().stream()
            .filter(accepted::containsKey)
            .map(id -> entry(part.file(), Objects.requireNonNull(accepted.get(id))))
            .forEach(entries::add);
      }
    }
    files.forEach(folder::adopt);
    return new Content(files, index(shares, entries));
  }

  private static LatentIndex.Entry entry(String file, ClipRecord clip) {
    return new LatentIndex.Entry(
        clip.id(),
        file,
        clip.kind() == ClipRecord.Kind.Image,
        Objects.requireNonNull(clip.caption()));
  }

  /** Every share was made by the same encoders: its provenance says by which. */
  private Optional<Manifest.StoredFile> index(
      List<StageFolder.Published> shares, List<LatentIndex.Entry> entries) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    var made = new HashSet<List<String>>();
    shares.stream()
        .map(StageFolder.Published::manifest)
        .filter(share -> !share.filesBelow(PreparedClips.PARTS).isEmpty())
        .map(Manifest::provenance)
        .map(
            facts ->
                List.of(
                    facts.getOrDefault(LatentIndex.LATENT_ENCODER, ""),
                    facts.getOrDefault(LatentIndex.CAPTION_ENCODER, "")))
        .forEach(made::add);
    if (made.size() > 1) {
      throw new StageFailure.BadInput(
          "shares of the clips were encoded with different models: the files of the DiffusionRuntime's model changed meanwhile; raise spec.runNonce");
    }
    var by = made.iterator().next();
    var index = new LatentIndex(LatentIndex.SCHEMA, by.get(0), by.get(1), input.latents(), entries);
    return Optional.of(folder.put(PreparedClips.LATENTS, index.json(), "application/json"));
  }

  private Manifest.StoredFile report(ClipSet set, List<StageFolder.Published> shares)
      throws IOException {
    var shown = ClipsPage.shown(set);
    var posters = new HashMap<String, RgbImage>();
    for (var share : shares) {
      for (var file : share.manifest().filesBelow(PreparedClips.POSTERS)) {
        var id = clipOf(file);
        if (shown.contains(id)) {
          var picture = ImageIO.read(StageFolder.open(context.store(), file).toFile());
          posters.put(id, RgbImage.of(picture));
        }
      }
    }
    var page = ClipsPage.html(context.file().resource().name(), set, posters);
    return folder.put("report.html", page, "text/html");
  }

  private StageFailure none(ClipSet set, Manifest.StoredFile report) {
    return new StageFailure.BadInput(
        "NotEnoughUsableClips",
        "none of %d clips is usable: %s. Add better ones, or change spec.dataset.filter, then raise spec.runNonce. Report: %s"
            .formatted(set.clips().size(), set.told(), report.path()),
        PreparedClips.dataset(set),
        null);
  }

  private static TerminationMessage words(
      ClipSet set, List<TerminationMessage.Artifact> artifacts) {
    return new LastWords(
            TerminationMessage.Result.Succeeded,
            "ClipsAccepted",
            "%d of %d clips usable: %s"
                .formatted(set.accepted().size(), set.clips().size(), set.told()))
        .dataset(PreparedClips.dataset(set))
        .artifacts(artifacts)
        .say();
  }

  private static Map<String, String> captions(List<StageFolder.Published> shares) {
    var said = shares.get(0).manifest().provenance().get("captions");
    return said == null ? Map.of() : Map.of("captions", said);
  }

  /** {@code ball-000} of {@code clips/ball-000.mkv}. */
  private static String clipOf(Manifest.StoredFile file) {
    var name = file.name().substring(file.name().indexOf('/') + 1);
    return name.substring(0, name.lastIndexOf('.'));
  }
}
