using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Storage;

/// <summary>Writes files that only one user can read, and replaces them atomically.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file atomically: it has the old or the new content at every moment.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="temporary">The path of a file in the same folder that does not exist.</param>
    /// <param name="content">The new content.</param>
    /// <param name="cancellationToken">Cancels the write; the file is then unchanged.</param>
    public static void Write(string path, string temporary, byte[] content, CancellationToken cancellationToken)
    {
        bool isOnWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        try
        {
            using (FileStream stream = Create(temporary, isOnWindows ? FileShare.None : FileShare.Read))
            {
                stream.Write(content, 0, content.Length);
                stream.Flush(flushToDisk: true);
                cancellationToken.ThrowIfCancellationRequested();
                if (!isOnWindows)
                {
                    // The open file is locked, so that no other process deletes it as a leftover.
                    Replace(temporary, path);
                }
            }

            if (isOnWindows)
            {
                Replace(temporary, path);
            }
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    private static FileStream Create(string path, FileShare share)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#else
        // .NET Standard cannot create a file with a mode: the permissions are set while the file is empty.
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, share);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            CloseToOthers(path);
        }

        return file;
#endif
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder may not exist; a temporary file that cannot be deleted is not an error.
        }
    }

#if !NET8_0_OR_GREATER
    private const uint ReadAndWriteForTheUser = 0x180; // 0600 in octal.

    private static void CloseToOthers(string path)
    {
        try
        {
            _ = ChangeMode(System.Text.Encoding.UTF8.GetBytes(path + '\0'), ReadAndWriteForTheUser);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Platforms without this call isolate the files of applications in other ways.
        }
    }

    [DllImport("libc", EntryPoint = "chmod")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMode(byte[] path, uint mode);
#endif

    private static void Replace(string source, string destination)
    {
#if NET8_0_OR_GREATER
        File.Move(source, destination, overwrite: true);
#else
        if (File.Exists(destination))
        {
            File.Replace(source, destination, destinationBackupFileName: null);
        }
        else
        {
            File.Move(source, destination);
        }
#endif
    }
}
