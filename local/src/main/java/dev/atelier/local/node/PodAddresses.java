package dev.atelier.local.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Addresses of pods: each its own in 127/8, so that all can serve on the same port. A random /24
 * per node keeps several nodes on one machine apart. Where the system has no such addresses (macOS)
 * all pods share 127.0.0.1.
 */
final class PodAddresses {
  private final String prefix;
  private final Set<Integer> taken = new HashSet<>();

  PodAddresses() {
    var random = ThreadLocalRandom.current();
    String chosen = "127.%d.%d.".formatted(random.nextInt(1, 255), random.nextInt(0, 256));
    prefix = canBind(chosen + 1) ? chosen : "";
  }

  String take() {
    int host = 1;
    while (!taken.add(host)) {
      host++;
    }
    return prefix.isEmpty() ? "127.0.0.1" : prefix + host;
  }

  void release(String address) {
    if (!prefix.isEmpty()) {
      taken.remove(Integer.parseInt(address.substring(prefix.length())));
    }
  }

  private static boolean canBind(String address) {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
