#pragma once
#include <gmime/gmime.h>

/* What Swift cannot say: GObject's type checks are macros. */
typedef enum { CMIME_LEAF, CMIME_MULTIPART, CMIME_MESSAGE } cmime_kind;

static inline cmime_kind cmime_kind_of(GMimeObject *object) {
    if (GMIME_IS_MULTIPART(object)) return CMIME_MULTIPART;
    if (GMIME_IS_MESSAGE_PART(object)) return CMIME_MESSAGE;
    return CMIME_LEAF;
}

static inline GMimePart *cmime_part(GMimeObject *object) {
    return GMIME_IS_PART(object) ? (GMimePart *)object : NULL;
}

/* The bytes gathered by a memory stream; they live as long as the stream. */
static inline const guint8 *cmime_stream_bytes(GMimeStream *stream, gsize *count) {
    GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)stream);
    *count = bytes->len;
    return bytes->data;
}

/* Casts to what cmime_kind_of said, and up to what everything is. */
static inline GMimeMultipart *cmime_multipart(GMimeObject *object) { return (GMimeMultipart *)object; }
static inline GMimeMessagePart *cmime_message_part(GMimeObject *object) { return (GMimeMessagePart *)object; }
static inline GMimeObject *cmime_object(GMimeMessage *message) { return (GMimeObject *)message; }
