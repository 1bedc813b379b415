"""Relatedness (关联度): how near what a place has is to what it could have next.

Arrays in, arrays out: `m` is always places × items, 1.0 where the place has the item. The
long table over years is in `panel`, the external benchmark in `benchmark`.
"""
