package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.photo.SamplePhotos;
import dev.atelier.runtime.sample.PictureSource;
import dev.atelier.runtime.sample.PlannedPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A model that draws the sample's photos, one after the other. */
final class PhotoPainter implements PictureSource {

  private final List<String> photos;
  private final List<String> drawn;

  /**
   * @param drawn told the name of each picture
   */
  PhotoPainter(List<String> photos, List<String> drawn) {
    this.photos = photos;
    this.drawn = drawn;
  }

  /** A photo at the size of the crops. */
  static RgbImage photo(String name) {
    try {
      var file = SamplePhotos.ANA.resolve(name).toFile();
      return Resize.to(RgbImage.of(ImageIO.read(file)), 64, 64, Filter.LANCZOS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<RgbImage> draw(List<PlannedPicture> pictures) {
    var images = new ArrayList<RgbImage>();
    for (var picture : pictures) {
      drawn.add(picture.name());
      images.add(photo(photos.get((int) (picture.seed() % photos.size()))));
    }
    return images;
  }

  @Override
  public int batchSize() {
    return 2;
  }

  @Override
  public String digest() {
    return photos.toString();
  }

  @Override
  public void close() {}
}
