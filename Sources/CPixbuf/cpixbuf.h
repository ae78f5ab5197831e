#pragma once
#include <gdk-pixbuf/gdk-pixbuf.h>

static inline void cpixbuf_judge_size(GdkPixbufLoader *loader, int width, int height, gpointer most) {
    if ((gint64)width * height > GPOINTER_TO_INT(most)) gdk_pixbuf_loader_set_size(loader, 0, 0);
}

static inline void cpixbuf_whiten(GdkPixbufLoader *loader, gpointer unused) {
    (void)unused;
    GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf(loader);
    if (pixbuf) gdk_pixbuf_fill(pixbuf, 0xFFFFFFFF);
}

/* Has what a damaged file lacks be white, for loaders that announce the picture before they decode it: it would be
   whatever was in memory. */
static inline void cpixbuf_begin_white(GdkPixbufLoader *loader) {
    g_signal_connect(loader, "area-prepared", G_CALLBACK(cpixbuf_whiten), NULL);
}

/* Has a loader give up what has more pixels. GdkPixbufLoader::size-prepared comes before there is memory for them, and
   a size of zero ends the decoding (GdkPixbufModuleSizeFunc). */
static inline void cpixbuf_refuse_larger(GdkPixbufLoader *loader, int most) {
    g_signal_connect(loader, "size-prepared", G_CALLBACK(cpixbuf_judge_size), GINT_TO_POINTER(most));
}
