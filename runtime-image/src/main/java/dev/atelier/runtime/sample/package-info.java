/** Drawing many pictures: which, with what seed, kept where, judged how; restarts lose none. */
@NullMarked
package dev.atelier.runtime.sample;

import org.jspecify.annotations.NullMarked;
