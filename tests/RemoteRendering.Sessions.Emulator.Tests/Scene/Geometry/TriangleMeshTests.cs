using System.Numerics;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

public class TriangleMeshTests
{
    private static readonly Vector3[] _corners = [Vector3.Zero, Vector3.UnitX, Vector3.UnitY, new Vector3(9)];

    [Fact]
    public void Bounds_Torus_AreItsRadii()
    {
        Box3 bounds = FormulaMeshes.Torus(2, 0.5, 64, 32).Bounds;

        Assert.Equal(new Vector3(2.5f, 0.5f, 2.5f), bounds.Max);
        Assert.Equal(new Vector3(-2.5f, -0.5f, -2.5f), bounds.Min);
    }

    [Fact]
    public void Bounds_PositionOfNoTriangle_DoesNotCount()
        => Assert.Equal(new Vector3(1, 1, 0), SceneSetup.Mesh(_corners, 0, 1, 2).Bounds.Max);

    [Fact]
    public void Bounds_WithoutTriangles_AreEmpty() => Assert.True(SceneSetup.Mesh(_corners).Bounds.IsEmpty);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 1, 4)]
    [InlineData(0, 1, -1)]
    public void New_IndicesThatDoNotFit_Throws(params int[] indices)
        => Assert.Equal("indices", Assert.Throws<ArgumentException>(() => SceneSetup.Mesh(_corners, indices)).ParamName);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void New_PositionNotFinite_Throws(float value)
        => Assert.Equal(
            "positions",
            Assert.Throws<ArgumentException>(() => SceneSetup.Mesh([default, new Vector3(0, value, 0), default], 0, 1, 2)).ParamName);

    [Fact]
    public void New_NotOneNormalForEachPosition_Throws()
        => Assert.Throws<ArgumentException>(() => new TriangleMesh(_corners, [], [], normals: [Vector3.UnitX]));

    [Fact]
    public void New_PartsWithAGap_Throws()
        => Assert.Throws<ArgumentException>(
            () => new TriangleMesh(_corners, [0, 1, 2, 1, 2, 3], [new MeshPart(1, 1, SceneMaterial.Default)]));

    [Fact]
    public void PartOf_EachTriangle_IsTheRunItIsIn()
    {
        int[] indices = [.. Enumerable.Repeat<int[]>([0, 1, 2], 5).SelectMany(static triangle => triangle)];
        MeshPart[] parts = [new(0, 2, SceneMaterial.Default), new(2, 0, SceneMaterial.Default), new(2, 3, SceneMaterial.Default)];
        var mesh = new TriangleMesh(_corners, indices, parts);

        Assert.Equal([0, 0, 2, 2, 2], Enumerable.Range(0, 5).Select(mesh.PartOf));
    }

    [Fact]
    public void ByteSize_WithTree_CountsAllArrays()
    {
        TriangleMesh mesh = SceneSetup.Mesh(_corners, 0, 1, 2);
        _ = mesh.Bvh;

        // Four positions, three indices, one node, and one number in the order.
        Assert.Equal((4 * 12) + (3 * 4) + 32 + 4, mesh.ByteSize);
    }
}
