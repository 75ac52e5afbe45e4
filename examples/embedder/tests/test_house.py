"""Our policy keeps the laws of any policy: one line, one test for each law."""

from little_crm.desk import house

from relationkit import laws

TestHouse = laws.suite(house(), examples=100)
