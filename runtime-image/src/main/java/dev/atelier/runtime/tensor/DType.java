package dev.atelier.runtime.tensor;

/** Element types, with the engine's code and the name in safetensors files. */
public enum DType {
  UINT8(0, 1, "U8"),
  INT8(1, 1, "I8"),
  INT16(2, 2, "I16"),
  INT32(3, 4, "I32"),
  INT64(4, 8, "I64"),
  FLOAT16(5, 2, "F16"),
  FLOAT32(6, 4, "F32"),
  FLOAT64(7, 8, "F64"),
  BOOL(11, 1, "BOOL"),
  BFLOAT16(15, 2, "BF16");

  private final int code;
  private final int bytes;
  private final String safeTensorsName;

  DType(int code, int bytes, String safeTensorsName) {
    this.code = code;
    this.bytes = bytes;
    this.safeTensorsName = safeTensorsName;
  }

  int code() {
    return code;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** The name used in the header of a safetensors file. */
  public String safeTensorsName() {
    return safeTensorsName;
  }

  /** Whether the type holds real numbers. */
  public boolean isFloating() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64 || this == BFLOAT16;
  }

  /** From DJL's own code; it has none for bfloat16, which therefore is what is left over. */
  static DType ofNative(int code) {
    return switch (code) {
      case 0 -> FLOAT32;
      case 1 -> FLOAT64;
      case 2 -> FLOAT16;
      case 3 -> UINT8;
      case 4 -> INT32;
      case 5 -> INT8;
      case 6 -> INT64;
      case 7 -> BOOL;
      default -> BFLOAT16;
    };
  }
}
