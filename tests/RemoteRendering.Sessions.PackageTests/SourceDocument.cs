namespace RemoteRendering.Sessions.PackageTests;

/// <summary>One source file that a symbol file names.</summary>
internal sealed record SourceDocument(string Path, bool IsEmbedded);
