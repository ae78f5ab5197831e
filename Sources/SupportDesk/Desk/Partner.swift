/// The dealer who sold GESTIMUM to this customer, and the assistance they offer.
package struct Partner: Hashable, Sendable {
    /// How the partner helps. Each list is in the order of the file, without repetitions.
    package struct Assistance: Hashable, Sendable {
        /// What the assistance is called.
        package var name: String?
        package var emails: [EmailAddress] = []
        package var phones: [PhoneNumber] = []
        package var webs: [String] = []
        /// Words to customers, line by line.
        package var message: [String] = []
        /// How the partner takes over a screen.
        package var remoteControl: String?

        package init() {}
    }

    /// The company's name, line by line.
    package var name: [String] = []
    /// The postal address, line by line.
    package var address: [String] = []
    package var phone: PhoneNumber?
    /// Whom to ask for an offer.
    package var salesContact: String?
    package var assistance = Assistance()

    package init() {}

    /// Nothing is known of the partner.
    package var isEmpty: Bool { self == Partner() }
}

/// The file that GESTIMUM's dealers install beside the program, `Gestimum.Partenaire`, as it was understood.
package struct PartnerFile: Hashable, Sendable {
    /// Something that was passed over.
    package struct Note: Hashable, Sendable {
        /// From 1.
        package let line: Int
        package let text: Bilingual

        package init(line: Int, text: Bilingual) {
            self.line = line
            self.text = text
        }
    }

    package var partner: Partner
    /// In the order of the lines; at most `mostNotes`.
    package var notes: [Note]

    package init(partner: Partner, notes: [Note]) {
        self.partner = partner
        self.notes = notes
    }

    /// Octets a file may have.
    package static let largest = 262_144
    /// A file of some other kind would have a note for each of its lines.
    package static let mostNotes = 50
}

/// Why a partner file cannot be used.
package struct PartnerFileFault: Explained, Hashable {
    /// From 1; nil where it is about the whole file.
    package let line: Int?
    private let text: Bilingual

    private init(line: Int?, fr french: String, en english: String) {
        self.line = line
        text = Bilingual(fr: french, en: english)
    }

    package var explanation: Bilingual {
        guard let line else { return text }
        return Bilingual(fr: "Ligne \(line) : \(text.french)", en: "Line \(line): \(text.english)")
    }

    static let tooLarge = PartnerFileFault(
        line: nil,
        fr: "Le fichier du partenaire dépasse \(PartnerFile.largest / 1024) Ko : ce n'est pas lui. Indiquez le fichier "
            + "Gestimum.Partenaire.",
        en: "The partner file has more than \(PartnerFile.largest / 1024) KB: this is not it. Name the file "
            + "Gestimum.Partenaire.")

    static func binary(line: Int?) -> PartnerFileFault {
        PartnerFileFault(
            line: line,
            fr:
                "ce n'est pas un fichier texte. Indiquez le fichier Gestimum.Partenaire, enregistré en Windows-1252 ou en "
                + "UTF-8.",
            en: "this is not a text file. Name the file Gestimum.Partenaire, saved as Windows-1252 or UTF-8.")
    }

    static func encoding(_ rejection: Rejection) -> PartnerFileFault {
        PartnerFileFault(line: nil, fr: rejection.explanation.french, en: rejection.explanation.english)
    }

    static func brokenSection(_ text: String, line: Int) -> PartnerFileFault {
        PartnerFileFault(
            line: line,
            fr: "il manque « ] » après « \(text.excerpt) ».",
            en: "“]” is missing after “\(text.excerpt)”.")
    }

    /// - Parameter line: the first that says anything; nil in an empty file.
    static func noSection(line: Int?) -> PartnerFileFault {
        PartnerFileFault(
            line: line,
            fr:
                "le fichier du partenaire n'a ni section [Partenaire] ni section [Assistance]. Ajoutez-les, ou indiquez le "
                + "fichier Gestimum.Partenaire.",
            en: "The partner file has neither a section [Partenaire] nor a section [Assistance]. Add them, or name the "
                + "file Gestimum.Partenaire.")
    }
}
