package dev.atelier.runtime.stage;

import dev.atelier.runtime.caption.CaptionRequest;
import dev.atelier.runtime.clip.ClipFinding;
import dev.atelier.runtime.clip.ClipRecord;
import dev.atelier.runtime.clip.ClipVerdict;
import dev.atelier.runtime.clip.MediaFile;
import dev.atelier.runtime.clip.StandardClip;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.VideoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes what is stored of the accepted clips, some at a time: a pod that is killed loses no more
 * than the part that it was at.
 */
final class ClipParts {

  /** Clips of one part. */
  private static final int CLIPS = 16;

  private final StageContext context;
  private final StandardClip standard;
  private final CaptionCheck captions;
  private final ClipOutput output;
  private final String protocol;
  private final WorkLedger ledger;

  /**
   * @param protocol everything that the result depends on beside the files
   */
  ClipParts(
      StageContext context,
      StandardClip standard,
      CaptionCheck captions,
      ClipOutput output,
      String protocol) {
    this.context = context;
    this.standard = standard;
    this.captions = captions;
    this.output = output;
    this.protocol = protocol;
    this.ledger = new WorkLedger(context.store(), context.folder().prefix() + "/work/parts");
  }

  /** A clip and the file that it is in. */
  record Source(ClipRecord clip, MediaFile file, String sha256) {}

  /** What was made of all accepted clips. */
  List<WorkLedger.Note> make(List<Source> accepted) throws IOException {
    context.progress().begin("making clips", accepted.size(), 0);
    var made = new ArrayList<WorkLedger.Note>();
    for (int at = 0; at < accepted.size(); at += CLIPS) {
      int end = Math.min(at + CLIPS, accepted.size());
      var part = accepted.subList(at, end);
      var digest = digest(part);
      var known = ledger.find(digest);
      made.add(known.isPresent() ? known.get() : ledger.keep(digest, part(part, digest, at)));
      context.progress().step(end, List.of());
    }
    return made;
  }

  private String digest(List<Source> part) {
    var clips =
        part.stream().map(one -> Map.of("sha256", one.sha256(), "clip", one.clip())).toList();
    return WorkLedger.digest(clips, protocol);
  }

  private WorkLedger.Note part(List<Source> part, String digest, int done) throws IOException {
    var clips = new ArrayList<ClipRecord>();
    try (var writing = output.begin(ledger, digest)) {
      for (var one : part) {
        context.stop().check();
        clips.add(made(one, writing));
        context.progress().step(done + clips.size(), List.of());
      }
      return new WorkLedger.Note(clips, writing.finish());
    }
  }

  private ClipRecord made(Source one, ClipOutput.Writing writing) throws IOException {
    List<RgbImage> frames;
    try {
      frames = standard.frames(one.file(), one.clip());
    } catch (VideoException e) {
      return one.clip()
          .with(new ClipFinding(ClipVerdict.Unreadable, String.valueOf(e.getMessage())));
    }
    var clip = captions.captioned(one.clip(), new CaptionRequest(one.file(), () -> shown(frames)));
    if (clip.accepted()) {
      writing.add(clip, frames);
    }
    return clip;
  }

  /** What a vision model is shown. */
  private static List<RgbImage> shown(List<RgbImage> frames) {
    return List.of(0, frames.size() / 2, frames.size() - 1).stream()
        .distinct()
        .map(frames::get)
        .toList();
  }
}
