namespace RemoteRendering.Sessions.TestSupport;

/// <summary>A folder that no other test and no other run has, and that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
#pragma warning disable RS0030 // This is the one place that asks for the folder of temporary files.
    public string FullName { get; } = Directory.CreateTempSubdirectory("rrs-test-").FullName;
#pragma warning restore RS0030

    /// <summary>Gets the path of a file in the folder.</summary>
    /// <param name="name">The name of the file.</param>
    /// <returns>The path; the file need not exist.</returns>
    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
