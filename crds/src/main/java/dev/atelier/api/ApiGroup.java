package dev.atelier.api;

/** Names that every resource of this API shares. */
public final class ApiGroup {

  /** API group of all kinds. */
  public static final String GROUP = "atelier.dev";

  /** The only served version. */
  public static final String VERSION = "v1alpha1";

  /** {@code kubectl get atelier} lists every kind. */
  public static final String CATEGORY = "atelier";

  private ApiGroup() {}
}
