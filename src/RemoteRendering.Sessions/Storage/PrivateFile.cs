using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions;

/// <summary>Files for one user's eyes, and their replacement in one piece.</summary>
internal static class PrivateFile
{
    public static FileStream Create(string path)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#else
        // .NET Standard has no means of its own: the file is closed to others while it is still empty.
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            CloseToOthers(path);
        }

        return file;
#endif
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

    public static void Replace(string source, string destination)
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
