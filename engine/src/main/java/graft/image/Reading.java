package graft.image;

import java.util.Set;

/**
 * A picture as viewers show it, and what should be known of how it was read.
 *
 * @param highest value of a sample that has 16 bits; 0 where samples have fewer
 */
record Reading(Picture picture, Set<PictureRemark> remarks, int highest) {}
