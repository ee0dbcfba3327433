"""What others want of the files that the site offers to programs.

The schema of a sitemap is written after the protocol of sitemaps.org, for the parts that we write.
"""

from __future__ import annotations

import json
from typing import Any

from frictionless import Package
from lxml import etree

SITEMAP = etree.XMLSchema(
    etree.XML(b"""
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xsd:simpleType name="address">
    <xsd:restriction base="xsd:anyURI"><xsd:minLength value="12"/><xsd:maxLength value="2048"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="day"><xsd:union memberTypes="xsd:date xsd:dateTime"/></xsd:simpleType>
  <xsd:element name="urlset">
    <xsd:complexType><xsd:sequence>
      <xsd:element name="url" maxOccurs="50000">
        <xsd:complexType><xsd:sequence>
          <xsd:element name="loc" type="address"/>
          <xsd:element name="lastmod" type="day" minOccurs="0"/>
        </xsd:sequence></xsd:complexType>
      </xsd:element>
    </xsd:sequence></xsd:complexType>
    <xsd:unique name="once">
      <xsd:selector xpath="s:url"/><xsd:field xpath="s:loc"/>
    </xsd:unique>
  </xsd:element>
</xsd:schema>""")
)
KNOWN_OF_PACKAGE = {"version", "created", "licenses", "contributors"}  # what a re-user wants beside the tables


def faults_of_sitemap(body: bytes) -> list[str]:
    """Return what the protocol of sitemaps does not allow."""
    document = etree.fromstring(body)
    return [] if SITEMAP.validate(document) else [error.message for error in SITEMAP.error_log]


def faults_of_package(text: str) -> list[str]:
    """Return what the standard does not allow, and what of a published package is missing."""
    package: dict[str, Any] = json.loads(text)
    return [error.note for error in Package.metadata_validate(package)] + sorted(KNOWN_OF_PACKAGE - package.keys())
