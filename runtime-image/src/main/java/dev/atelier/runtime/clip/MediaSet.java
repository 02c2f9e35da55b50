package dev.atelier.runtime.clip;

import dev.atelier.runtime.photo.PhotoFileNames;
import dev.atelier.runtime.store.ArtifactStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Everything in a folder or bucket that is meant to be a clip or a picture, sorted by name. */
public final class MediaSet {

  private static final Set<String> BESIDE = Set.of("txt", "md", "json", "csv", "srt", "vtt");

  private MediaSet() {}

  /**
   * The files of a store.
   *
   * @param prefix puts the names of two stores apart; may be empty
   */
  public static List<MediaFile> of(ArtifactStore store, String prefix) {
    var keys =
        store.list("").stream().map(ArtifactStore.Entry::key).filter(MediaSet::isMedia).toList();
    var stems = PhotoFileNames.of(keys.stream().map(key -> prefix + key).toList());
    var files = new ArrayList<MediaFile>();
    for (var key : keys) {
      var name = prefix + key;
      files.add(new MediaFile(name, stems.getOrDefault(name, name), store, key));
    }
    return List.copyOf(files);
  }

  /** The share of one pod: every file whose number modulo shards is its index. */
  public static List<MediaFile> shard(List<MediaFile> files, int index, int shards) {
    var own = new ArrayList<MediaFile>();
    for (int i = index; i < files.size(); i += shards) {
      own.add(files.get(i));
    }
    return List.copyOf(own);
  }

  private static boolean isMedia(String key) {
    var segments = Arrays.asList(key.split("/", -1));
    var name = segments.get(segments.size() - 1).toLowerCase(Locale.ROOT);
    return segments.stream().noneMatch(segment -> segment.startsWith("."))
        && !BESIDE.contains(MediaFile.ending(name))
        && !name.equals("thumbs.db")
        && !name.equals("desktop.ini");
  }
}
