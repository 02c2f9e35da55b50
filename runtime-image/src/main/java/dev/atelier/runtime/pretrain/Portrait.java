package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.portrait.Identity;
import dev.atelier.runtime.portrait.Scene;

/** What a drawing shows: who, and where and how. */
record Portrait(Identity person, Scene scene) {}
