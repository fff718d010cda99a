public import Kernel

/// The texts every page shares.
public enum SiteTexts {
  public static let all: [(Language, [UInt8])] = [
    (.dutch, PackageResources.nl_json), (.english, PackageResources.en_json),
  ]
}
