package dev.atelier.runtime.train;

import dev.atelier.runtime.ranks.Share;

/**
 * A rank's share of the batches of a source: all ranks together see what one process would.
 *
 * @param share of the rank; its own passes are counted from 0
 */
public record SharedBatches(BatchSource<ClipBatch> all, Share share)
    implements BatchSource<ClipBatch> {

  @Override
  public ClipBatch batch(int step, int accumulation) {
    return all.batch(step, share.pass(accumulation)).part(share.part(), share.parts());
  }
}
