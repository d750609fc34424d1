using MessagePack;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>A moved entity as one would send it by SignalR: an array of numbers, without names.</summary>
[MessagePackObject]
public sealed class MovedEntity
{
    [Key(0)]
    public int Id { get; set; }

    [Key(1)]
    public double X { get; set; }

    [Key(2)]
    public double Y { get; set; }

    [Key(3)]
    public double Z { get; set; }

    [Key(4)]
    public float RotationX { get; set; }

    [Key(5)]
    public float RotationY { get; set; }

    [Key(6)]
    public float RotationZ { get; set; }

    [Key(7)]
    public float RotationW { get; set; }

    [Key(8)]
    public float ScaleX { get; set; }

    [Key(9)]
    public float ScaleY { get; set; }

    [Key(10)]
    public float ScaleZ { get; set; }
}
