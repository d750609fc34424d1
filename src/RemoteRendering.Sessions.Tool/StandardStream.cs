using System.Runtime.InteropServices;
using System.Text;

namespace RemoteRendering.Sessions.Tool;

/// <summary>
/// Standard output or standard error, with every failed write reported. The streams of <see cref="Console"/> ignore a closed pipe.
/// </summary>
internal sealed class StandardStream : Stream
{
    private const int Output = 1;
    private const int Error = 2;
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;
    private const int Interrupted = 4;
    private const short CanBeWritten = 4;
    private const short Broken = 8;
    private const short HungUp = 16;

    // EAGAIN, which macOS numbers differently.
    private static readonly int TryAgain = OperatingSystem.IsMacOS() ? 35 : 11;

    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Returns whether there may still be a reader of standard output: false when it is a pipe or a socket whose other end is closed. On
    /// Windows this is only found out by a write.
    /// </summary>
    public static bool HasReader()
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var look = new PollRequest { Descriptor = Output };
        return poll(ref look, 1, 0) <= 0 || (look.Returned & (Broken | HungUp)) == 0;
    }

    public static TextWriter OpenOutput() => OperatingSystem.IsWindows() ? Console.Out : Open(Output);

    /// <summary>Opens standard error. What cannot be written there is lost: there is no other place to report it.</summary>
    public static TextWriter OpenError() => OperatingSystem.IsWindows() ? Console.Error : Open(Error);

    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            WriteAll(buffer.AsSpan(offset, count).ToArray());
        }
        catch (IOException) when (_descriptor == Error)
        {
            // Documented at OpenError.
        }
    }

    public override void Flush()
    {
        // Nothing is buffered here.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static TextWriter Open(int descriptor)
        => TextWriter.Synchronized(new StreamWriter(new StandardStream(descriptor), new UTF8Encoding(false)) { AutoFlush = true });

    private void WriteAll(byte[] bytes)
    {
        // A descriptor that was closed when the process started belongs to a file of the runtime by now, and those are closed on exec.
        if ((fcntl(_descriptor, GetDescriptorFlags) & CloseOnExec) != 0)
        {
            throw Unwritable("it is closed");
        }

        for (int written = 0; written < bytes.Length;)
        {
            nint count = write(_descriptor, ref bytes[written], bytes.Length - written);
            if (count >= 0)
            {
                written += (int)count;
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == TryAgain)
            {
                var wait = new PollRequest { Descriptor = _descriptor, Events = CanBeWritten };
                _ = poll(ref wait, 1, -1);
            }
            else if (error != Interrupted)
            {
                throw Unwritable(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    private static IOException Unwritable(string reason) => new($"The output could not be written: {reason}.");

#pragma warning disable SYSLIB1054, CA5392, IDE1006, SA1300 // Three calls with plain arguments; the names are those of the system.
    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int descriptor, int command);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(ref PollRequest request, nuint count, int timeout);
#pragma warning restore SYSLIB1054, CA5392, IDE1006, SA1300

    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
