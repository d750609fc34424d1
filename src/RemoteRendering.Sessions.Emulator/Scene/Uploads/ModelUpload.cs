namespace RemoteRendering.Sessions.Emulator;

/// <summary>The bytes of one upload. A client that announces much and sends little takes little memory: the buffer grows with what arrives.</summary>
internal sealed class ModelUpload(string name, int length)
{
    private const int FirstBytes = 1024 * 1024;

    private byte[] _bytes = new byte[Math.Min(length, FirstBytes)];
    private int _filled;

    public string Name => name;

    public bool IsWhole => _filled == length;

    /// <summary>Gets the file, once it is whole; nothing writes to it any more.</summary>
    public byte[] Content => _bytes;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > length - _filled)
        {
            throw new SceneException(SceneErrorCode.ExceedsMemoryLimit, $"'{name}' was announced with {length} bytes; here are more.");
        }

        if (_filled + bytes.Length > _bytes.Length)
        {
            // Once a quarter is there the rest is believed, so that the last copy is a small one.
            long wanted = Math.Max((long)_filled + bytes.Length, _filled >= length / 4 ? length : 2L * _bytes.Length);
            Array.Resize(ref _bytes, (int)Math.Min(wanted, length));
        }

        bytes.CopyTo(_bytes.AsSpan(_filled));
        _filled += bytes.Length;
    }
}
