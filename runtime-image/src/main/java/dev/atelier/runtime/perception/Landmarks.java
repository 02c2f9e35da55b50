package dev.atelier.runtime.perception;

import java.util.List;

/** Five points of a face, in pixels; left and right as the viewer sees them. */
public record Landmarks(
    Point leftEye, Point rightEye, Point nose, Point leftMouth, Point rightMouth) {

  /** In the order of the record. */
  List<Point> points() {
    return List.of(leftEye, rightEye, nose, leftMouth, rightMouth);
  }

  Landmarks scaled(double factor) {
    return new Landmarks(
        leftEye.scaled(factor),
        rightEye.scaled(factor),
        nose.scaled(factor),
        leftMouth.scaled(factor),
        rightMouth.scaled(factor));
  }

  /** How far the line through the eyes leans, in degrees; positive when the right eye is lower. */
  public double rollDegrees() {
    return Math.toDegrees(Math.atan2(rightEye.y() - leftEye.y(), rightEye.x() - leftEye.x()));
  }

  /**
   * How far the nose has moved from the middle of the eyes along the eye line, in eye distances:
   * below 0.12 a frontal face, 0.2 to 0.35 three-quarter, above 0.5 nearly a profile. Positive when
   * the nose points to the viewer's right.
   */
  public double yawRatio() {
    var middle = leftEye.middle(rightEye);
    double across = rightEye.x() - leftEye.x();
    double down = rightEye.y() - leftEye.y();
    double length = Math.max(1e-6, Math.hypot(across, down));
    return ((nose.x() - middle.x()) * across + (nose.y() - middle.y()) * down) / (length * length);
  }

  /**
   * Estimated turn of the head, in degrees. A nose tip stands about 0.35 eye distances in front of
   * the eyes, so the ratio is 0.35 tan(yaw): an estimate good to about ten degrees.
   */
  public double yawDegrees() {
    return Math.toDegrees(Math.atan(yawRatio() / 0.35));
  }
}
