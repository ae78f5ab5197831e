import SupportDesk

enum Sample {
    static let description = """
        Bonjour,

        Depuis la mise à jour de mardi, l’impression des relevés échoue : à la clôture de l’exercice, le module affiche \
        « Erreur n° 4711 : fichier verrouillé ». Le cœur du problème semble être le pilote, où que l’on soit.

        1.\tOuvrir le dossier « Noël & Fils ».
        2.\tCliquer sur « Imprimer ».

        Montant concerné : 12 345,67 €.

        """

    static func document(
        _ body: String = description, notice: String? = nil, attachments: [String] = [],
        pictures: [FaxDocument.Picture] = [], maximumPages: Int = 10, isFine: Bool = true
    ) -> FaxDocument {
        FaxDocument(
            title: "Demande d’assistance ST-000123",
            fields: [
                FaxDocument.Field("De", "Menuiserie Générale, Mme Zoé Lefèvre"),
                FaxDocument.Field("Licence", "ATL-4F7K-29QX-M3"),
                FaxDocument.Field(
                    "Objet", "Impression des relevés impossible depuis la mise à jour 8.2.1, à la clôture de l’exercice"
                ),
            ],
            notice: notice, body: body, attachmentsTitle: "Pièces jointes", attachments: attachments,
            pictures: pictures, running: "ST-000123 · page {n}/{N}",
            overflow: "Suite non transmise après {N} pages.", maximumPages: maximumPages, isFine: isFine)
    }

    static func lines(_ count: Int) -> String { (1...count).map { "ligne \($0)" }.joined(separator: "\n") }
}
