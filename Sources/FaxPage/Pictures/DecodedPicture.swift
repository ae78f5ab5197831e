internal import CPixbuf

/// A picture file, decoded and turned upright.
final class DecodedPicture {
    /// A larger one is not decoded: a file of some kilobytes can claim any size.
    static let mostPixels: Int32 = 50_000_000

    let width: Int
    let height: Int
    /// Bytes of a pixel: red, green, blue, and how opaque it is where there are four.
    let channels: Int
    private let pixbuf: OpaquePointer
    private let stride: Int
    private let pixels: UnsafePointer<UInt8>

    /// nil for what is no picture, of a kind that is not read, damaged or too large.
    init?(_ file: [UInt8]) {
        guard let kind = Self.kind(file), let decoded = Self.decode(file, as: kind) else { return nil }
        // Cameras write down how they were held (EXIF).
        let upright = gdk_pixbuf_apply_embedded_orientation(decoded)
        g_object_unref(UnsafeMutableRawPointer(decoded))
        guard let upright else { return nil }
        guard let pixels = gdk_pixbuf_read_pixels(upright) else {
            g_object_unref(UnsafeMutableRawPointer(upright))
            return nil
        }
        pixbuf = upright
        self.pixels = pixels
        width = Int(gdk_pixbuf_get_width(upright))
        height = Int(gdk_pixbuf_get_height(upright))
        channels = Int(gdk_pixbuf_get_n_channels(upright))
        stride = Int(gdk_pixbuf_get_rowstride(upright))
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(pixbuf)) }

    /// The bytes of one row of pixels; they live as long as the picture.
    func row(_ y: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: pixels + y * stride, count: width * channels)
    }

    // MARK: Decoding

    /// By the first bytes. Only these kinds are read: the others' decoders are larger than their use.
    private static func kind(_ file: [UInt8]) -> String? {
        let kinds: [(start: [UInt8], name: String)] = [
            ([0x89, 0x50, 0x4E, 0x47], "png"), ([0xFF, 0xD8, 0xFF], "jpeg"), (Array("GIF8".utf8), "gif"),
            (Array("BM".utf8), "bmp"), ([0x49, 0x49, 0x2A, 0x00], "tiff"), ([0x4D, 0x4D, 0x00, 0x2A], "tiff"),
        ]
        return kinds.first { file.starts(with: $0.start) }?.name
    }

    private static func decode(_ file: [UInt8], as kind: String) -> OpaquePointer? {
        guard let loader = gdk_pixbuf_loader_new_with_type(kind, nil) else { return nil }
        defer { g_object_unref(loader) }
        cpixbuf_refuse_larger(loader, mostPixels)
        // The others have their pixels by then.
        if ["png", "jpeg", "bmp"].contains(kind) { cpixbuf_begin_white(loader) }
        let isTaken = gdk_pixbuf_loader_write(loader, file, gsize(file.count), nil) != 0
        // It has to be closed even so.
        let isWhole = gdk_pixbuf_loader_close(loader, nil) != 0
        guard isTaken, isWhole, let pixbuf = gdk_pixbuf_loader_get_pixbuf(loader) else { return nil }
        g_object_ref(UnsafeMutableRawPointer(pixbuf))
        return pixbuf
    }
}
