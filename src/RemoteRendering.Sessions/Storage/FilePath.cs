using System.Runtime.InteropServices;
using System.Text;

namespace RemoteRendering.Sessions.Storage;

/// <summary>
/// Determines the kind of file at a path without opening it: opening a pipe waits for its other end, and opening a device may have side
/// effects.
/// </summary>
internal static class FilePath
{
    private const int KindMask = 0xF000;
    private const int Pipe = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int BlockDevice = 0x6000;
    private const int Socket = 0xC000;

    private static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>Returns the kind of file at a path, after following symbolic links.</summary>
    public static FileKind Find(string path)
    {
        if (Directory.Exists(path) || IsDeviceOfWindows(path))
        {
            return FileKind.Other;
        }

        if (!File.Exists(path))
        {
            return FileKind.None;
        }

        return !IsWindows && Mode(path) is { } mode && (mode & KindMask) is Pipe or CharacterDevice or BlockDevice or Socket
            ? FileKind.Other
            : FileKind.Regular;
    }

    /// <summary>Follows the symbolic links of a path to the file at their end, which need not exist.</summary>
    public static string Resolve(string path)
    {
#if NET8_0_OR_GREATER
        return new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
#else
        for (int i = 0; !IsWindows && ReadLink(path) is { } target; i++)
        {
            if (i == 40)
            {
                throw new IOException($"The path '{path}' has too many symbolic links.");
            }

            path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, target));
        }

        return path;
#endif
    }

    private static bool IsDeviceOfWindows(string path) => IsWindows && path.StartsWith(@"\\.\", StringComparison.Ordinal);

    /// <summary>Reads the mode of a file. The runtime exposes only the permissions, so this calls the same native function.</summary>
    private static int? Mode(string path)
    {
        var status = new long[64];
        try
        {
            return FileStatus(Utf8(path), status) == 0 ? BitConverter.ToInt32(BitConverter.GetBytes(status[0]), sizeof(int)) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not available on this runtime.
            return null;
        }
    }

    private static byte[] Utf8(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileStatus(byte[] path, long[] status);

#if !NET8_0_OR_GREATER
    private static string? ReadLink(string path)
    {
        var target = new byte[4096];
        try
        {
            long length = (long)ReadLink(Utf8(path), target, (IntPtr)target.Length);
            return length > 0 ? Encoding.UTF8.GetString(target, 0, (int)length) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "readlink")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr ReadLink(byte[] path, byte[] target, IntPtr size);
#endif
}
