import CPixbuf
import Foundation
import SupportDesk

/// Picture files, made by the point.
enum PictureFile {
    /// - Parameter color: red, green, blue and how opaque, for each place.
    static func make(
        _ width: Int, _ height: Int, as kind: String = "png", color: (Int, Int) -> (UInt8, UInt8, UInt8, UInt8)
    ) -> [UInt8] {
        let hasAlpha: gboolean = kind == "png" || kind == "tiff" ? 1 : 0
        guard let pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, hasAlpha, 8, Int32(width), Int32(height)),
            let pixels = gdk_pixbuf_get_pixels(pixbuf)
        else { return [] }
        defer { g_object_unref(UnsafeMutableRawPointer(pixbuf)) }
        let stride = Int(gdk_pixbuf_get_rowstride(pixbuf))
        let channels = Int(gdk_pixbuf_get_n_channels(pixbuf))
        for y in 0..<height {
            for x in 0..<width {
                let (red, green, blue, opacity) = color(x, y)
                for (channel, value) in [red, green, blue, opacity].prefix(channels).enumerated() {
                    pixels[y * stride + x * channels + channel] = value
                }
            }
        }
        var file: UnsafeMutablePointer<CChar>?
        var size: gsize = 0
        gdk_pixbuf_save_to_bufferv(pixbuf, &file, &size, kind, nil, nil, nil)
        defer { g_free(file) }
        return UnsafeRawBufferPointer(start: file, count: Int(size)).map { $0 }
    }

    static func gray(_ width: Int, _ height: Int, as kind: String = "png", tone: (Int, Int) -> UInt8) -> [UInt8] {
        make(width, height, as: kind) { x, y in
            let tone = tone(x, y)
            return (tone, tone, tone, 255)
        }
    }

    /// Two pixels, black and white, side by side.
    static let gif: [UInt8] =
        Array("GIF89a".utf8) + [2, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]
        + [0x2C, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0A, 0, 0x3B]

    /// A JPEG file with EXIF data in front that say how the camera was held.
    static func held(_ orientation: UInt8, _ jpeg: [UInt8]) -> [UInt8] {
        let directory: [UInt8] = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        let exif = Array("Exif\0\0MM\0*\0\0\0\u{8}".utf8) + directory
        return Array(jpeg.prefix(2)) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + Array(jpeg.dropFirst(2))
    }

    /// The first bytes of a PNG file that claims a size.
    static func claim(_ width: UInt32, _ height: UInt32) -> [UInt8] {
        var file = gray(1, 1) { _, _ in 0 }
        for (place, value) in [(16, width), (20, height)] {
            for byte in 0..<4 { file[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * (3 - byte))) }
        }
        // The check sum of the header, from its name to its end.
        var sum = ~UInt32(0)
        for byte in file[12..<29] {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        for byte in 0..<4 { file[29 + byte] = UInt8(truncatingIfNeeded: ~sum >> (8 * (3 - byte))) }
        return file
    }
}

extension FaxDocument.Picture {
    init(_ name: String, _ file: [UInt8]) {
        self.init(name: name, content: Data(file).base64EncodedString())
    }

    static func sample(_ name: String = "photo.png") -> FaxDocument.Picture {
        FaxDocument.Picture(name, PictureFile.gray(20, 10) { x, y in UInt8(x * 12 + y) })
    }
}
