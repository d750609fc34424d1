using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Storage;

/// <summary>Files for one user's eyes, and their replacement in one piece.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file in one piece: it has the old content or the new, at every moment.</summary>
    /// <param name="path">The file.</param>
    /// <param name="temporary">A path in the same folder, which leads to nothing.</param>
    /// <param name="content">The new content.</param>
    /// <param name="cancellationToken">Leaves the file as it is.</param>
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
                    // While it is open it is locked, so that no other process takes it for a leftover.
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
        // .NET Standard has no means of its own: the file is closed to others while it is still empty.
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
            // The folder that could not be made is not there; a file that cannot be deleted is no reason to fail.
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
            // A platform without the call keeps the files of an application apart by other means.
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
