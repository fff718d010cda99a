/// What a browser says of itself, in two words: enough to know one's own, too little to follow anybody.
enum UserAgent {
  private static let browsers = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"), ("Safari/", "Safari"),
  ]
  private static let systems = [
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
  ]

  static func words(_ agent: String?) -> String? {
    guard let agent else { return nil }
    let found = [browsers, systems].compactMap { known in known.first { agent.contains($0.0) }?.1 }
    return found.isEmpty ? nil : found.joined(separator: ", ")
  }
}
