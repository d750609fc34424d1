using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RemoteRendering.Sessions.Storage;

/// <summary>
/// The temporary files of one store file, in its folder. A process that is killed between two steps leaves one behind, which contains the
/// binding key. The names do not contain the name of the file, because names in a folder have at most 255 bytes.
/// </summary>
internal sealed class TemporaryFiles(string file)
{
    private const string Extension = ".tmp";
    private const int IdLength = 32;

    private readonly string _folder = Path.GetDirectoryName(file)!;
    private readonly string _prefix = "rrs-" + Hash(Path.GetFileName(file)) + ".";
    private readonly string _olderPrefix = Path.GetFileName(file) + ".";

    public string NewPath() => Path.Combine(_folder, _prefix + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Deletes the temporary files of killed processes. A file that a process is writing is locked and is kept.</summary>
    public void Sweep()
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(_folder, "*" + Extension))
            {
                string name = Path.GetFileName(path);
                if ((IsNumbered(name, _prefix) || IsNumbered(name, _olderPrefix)) && FilePath.Find(path) == FileKind.Regular)
                {
                    DeleteUnlessInUse(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder does not exist, or is not accessible.
        }
    }

    /// <summary>
    /// Returns whether a name is a prefix, 32 hexadecimal digits and the extension. In earlier versions the prefix was the name of the
    /// file.
    /// </summary>
    private static bool IsNumbered(string name, string prefix)
        => name.Length == prefix.Length + IdLength + Extension.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && Guid.TryParseExact(name.Substring(prefix.Length, IdLength), "N", out _);

    private static void DeleteUnlessInUse(string path)
    {
        try
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, or already deleted.
        }
    }

    private static string Hash(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
#if NET8_0_OR_GREATER
        return Convert.ToHexString(SHA256.HashData(bytes), 0, 8);
#else
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(bytes), 0, 8).Replace("-", string.Empty);
#endif
    }
}
