internal import CPango

/// Which fonts there are.
enum FontChoice {
    /// Others step in for what it lacks.
    static let family = "DejaVu Sans"

    private static let isSettled: Bool = {
        guard let configuration = FcInitLoadConfig() else { return false }
        // FcConfigSetCurrent keeps a reference of its own, for as long as the process lives.
        defer { FcConfigDestroy(configuration) }
        // Colored signs would have to be turned into dots; there are fonts with the same signs in outlines.
        let rule = """
            <fontconfig><selectfont><rejectfont><pattern>
            <patelt name="color"><bool>true</bool></patelt>
            </pattern></rejectfont></selectfont></fontconfig>
            """
        _ = FcConfigParseAndLoadFromMemory(configuration, rule, 1)
        guard FcConfigBuildFonts(configuration) != 0, FcConfigSetCurrent(configuration) != 0 else { return false }
        return (FcConfigGetFonts(configuration, FcSetSystem)?.pointee.nfont ?? 0) > 0
    }()

    /// Has fontconfig leave out, in this process, what suits no fax.
    static func settle() throws(PageFault) {
        // Pango would draw a box for each letter.
        guard isSettled else { throw .drawing("there is no font on this machine; install fonts-dejavu-core") }
    }
}
