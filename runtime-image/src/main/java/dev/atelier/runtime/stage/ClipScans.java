package dev.atelier.runtime.stage;

import dev.atelier.runtime.caption.CaptionRequest;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipScan;
import dev.atelier.runtime.clip.MediaFile;
import dev.atelier.runtime.clip.ScannedClip;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.store.Digests;
import dev.atelier.runtime.store.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at every file of this pod once, one after the other, and notes what it saw. */
final class ClipScans {

  private static final int POSTER_EDGE = 256;

  private final StageContext context;
  private final ClipScan scan;
  private final Optional<CaptionCheck> captions;
  private final String protocol;
  private final WorkLedger ledger;

  /**
   * @param captions those that cost nothing
   * @param protocol everything that verdicts depend on beside the file
   */
  ClipScans(StageContext context, ClipScan scan, Optional<CaptionCheck> captions, String protocol) {
    this.context = context;
    this.scan = scan;
    this.captions = captions;
    this.protocol = protocol;
    this.ledger = new WorkLedger(context.store(), context.folder().prefix() + "/work/scans");
  }

  /**
   * A file that was looked at.
   *
   * @param sha256 digest of its content
   */
  record Scanned(
      MediaFile file, String sha256, List<ClipRecord> clips, List<Manifest.StoredFile> posters) {}

  List<Scanned> of(List<MediaFile> files) throws IOException {
    context.progress().begin("looking at files", files.size(), 0);
    var scanned = new ArrayList<Scanned>();
    for (var file : files) {
      context.stop().check();
      scanned.add(of(file));
      context.progress().step(scanned.size(), List.of());
    }
    return scanned;
  }

  private Scanned of(MediaFile file) throws IOException {
    var local = file.open();
    var sha256 = Digests.of(local);
    var digest = WorkLedger.digest(file.name(), sha256, file.sidecar().orElse(""), protocol);
    var note = ledger.find(digest).orElseGet(() -> ledger.keep(digest, look(file, local, digest)));
    return new Scanned(file, sha256, note.clips(), note.files());
  }

  private WorkLedger.Note look(MediaFile file, Path local, String digest) {
    var clips = new ArrayList<ClipRecord>();
    var posters = new ArrayList<Manifest.StoredFile>();
    var request = new CaptionRequest(file, List::of);
    for (var seen : scan.scan(file, local)) {
      clips.add(
          captions.map(check -> check.captioned(seen.record(), request)).orElse(seen.record()));
      poster(seen, digest).ifPresent(posters::add);
    }
    return new WorkLedger.Note(clips, posters);
  }

  private Optional<Manifest.StoredFile> poster(ScannedClip seen, String digest) {
    return seen.poster()
        .map(
            picture ->
                ledger.put(
                    digest,
                    PreparedClips.POSTERS + seen.record().id() + ".png",
                    PngFile.of(Resize.atMost(picture, POSTER_EDGE, Filter.LANCZOS)),
                    "image/png"));
  }
}
